import { flagBadge } from './flag-badge.ts';

/** The caller went away before it was answered (Envoy's DC). */
export const callerGone = flagBadge('caller-gone', ['DOWNSTREAM_GONE']);
