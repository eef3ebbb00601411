import { flagBadge } from './flag-badge.ts';

/** Tries that failed and that another one followed. */
export const retry = flagBadge('retry', ['RETRIED']);
