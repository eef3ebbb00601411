import { flagBadge } from './flag-badge.ts';

/** So few instances were well that all were asked (Envoy's panic). */
export const panic = flagBadge('panic', ['PANIC']);
