import { flagBadge } from './flag-badge.ts';

/** No route was for it (Envoy's NR); drawn on whom it came to. */
export const noRoute = flagBadge('no-route', ['NO_ROUTE']);
