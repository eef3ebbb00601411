import { flagBadge } from './flag-badge.ts';

/** The callee's authorization denied it (Envoy's UAEX). */
export const denied = flagBadge('denied', ['DENIED']);
