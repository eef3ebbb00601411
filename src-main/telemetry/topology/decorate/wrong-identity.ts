import { flagBadge } from './flag-badge.ts';

/** Who answered is not who the certificate had to name. */
export const wrongIdentity = flagBadge('wrong-identity', ['WRONG_IDENTITY']);
