import { flagBadge } from './flag-badge.ts';

/** The proxy answered by itself, as the route says. */
export const directResponse = flagBadge('direct-response', ['DIRECT_RESPONSE']);
