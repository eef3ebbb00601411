import { flagBadge } from './flag-badge.ts';

/** An authorization policy on trial would have denied it. */
export const deniedDryRun = flagBadge('denied-dry-run', ['DENIED_DRY_RUN']);
