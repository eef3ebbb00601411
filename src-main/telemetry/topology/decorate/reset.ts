import { flagBadge } from './flag-badge.ts';

/** The callee ended the connection before or within its answer (Envoy's UC). */
export const reset = flagBadge('reset', ['UPSTREAM_RESET']);
