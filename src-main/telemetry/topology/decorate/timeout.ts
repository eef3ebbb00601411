import { flagBadge } from './flag-badge.ts';

/** Nobody waited longer, for the answer or for one try (Envoy's UT). */
export const timeout = flagBadge('timeout', ['TIMEOUT']);
