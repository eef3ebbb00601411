import { flagBadge } from './flag-badge.ts';

/** The callee's rate limit answered (Envoy's RL). */
export const rateLimit = flagBadge('rate-limit', ['RATE_LIMITED']);
