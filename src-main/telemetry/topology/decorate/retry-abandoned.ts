import { flagBadge } from './flag-badge.ts';

/** Not tried again, since the body was too large to be kept (Envoy's retry_or_shadow_abandoned). */
export const retryAbandoned = flagBadge('retry-abandoned', ['RETRY_ABANDONED']);
