import { flagBadge } from './flag-badge.ts';

/** Tries given up, since another one beside them was faster (Envoy's hedging). */
export const hedge = flagBadge('hedge', ['HEDGE_LOST']);
