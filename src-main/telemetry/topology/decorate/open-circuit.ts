import { flagBadge } from './flag-badge.ts';

/** A circuit breaker's threshold was reached: refused at once (Envoy's UO). */
export const openCircuit = flagBadge('open-circuit', ['OPEN_CIRCUIT']);
