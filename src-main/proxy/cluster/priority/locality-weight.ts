/** How the requests of one priority are shared among localities (Envoy's locality weights). */
import { OVERPROVISIONING } from './load.ts';
import type { LevelHealth } from './load.ts';

/**
 * The weight of a locality with so many endpoints well. It has all of it as long as 72 % of them are,
 * and none where nobody is, so that the others share what it cannot take in their own proportion.
 */
export function effectiveWeight(weight: number, { well, total }: LevelHealth): number {
  return total === 0 ? 0 : weight * Math.min(1, (OVERPROVISIONING / 100) * (well / total));
}
