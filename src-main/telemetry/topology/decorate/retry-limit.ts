import { flagBadge } from './flag-badge.ts';

/** All tries that the policy allows failed (Envoy's URX). */
export const retryLimit = flagBadge('retry-limit', ['RETRY_LIMIT']);
