/**
 * How the requests to a cluster are shared among its priority levels (Envoy's "priority levels" and
 * "panic threshold"): the first level takes all of them as long as enough of its endpoints are well,
 * and what it cannot bear spills over to the next one. Whole per cent, as in Envoy.
 */
import type { Percent } from '../../../base/units.ts';

/** Endpoints of a level. */
export interface LevelHealth {
  readonly well: number;
  readonly total: number;
}

export interface LevelLoad {
  /** Of the requests; whole, 100 over all levels. */
  readonly load: Percent;
  /** All of the level's endpoints are taken, well or not. */
  readonly isPanic: boolean;
}

/** Envoy's overprovisioning_factor, in per cent: a level bears all as long as 72 % of it are well. */
export const OVERPROVISIONING = 140;

/**
 * One load for each level, the first choice first. A level is in panic where all levels together
 * cannot bear the requests and fewer than `panicThreshold` per cent of its own endpoints are well.
 */
export function priorityLoads(
  levels: readonly LevelHealth[],
  panicThreshold: Percent,
): readonly LevelLoad[] {
  const health = levels.map(healthOf);
  const available = Math.min(100, sum(health));
  const panics = levels.map((level) => available < 100 && shareOf(level) < panicThreshold);
  const loads = panics.every(Boolean)
    ? sharedOut(levels.map(({ total }) => total))
    : spilled(health, available);
  return loads.map((load, i) => ({ load, isPanic: panics[i] === true }));
}

/** What a level can bear, 0 to 100. */
function healthOf({ well, total }: LevelHealth): number {
  return total === 0 ? 0 : Math.min(100, Math.floor((OVERPROVISIONING * well) / total));
}

function shareOf({ well, total }: LevelHealth): Percent {
  return total === 0 ? 0 : (100 * well) / total;
}

/** Each level what it can bear, until nothing is left; scaled up where that is not enough. */
function spilled(health: readonly number[], available: number): number[] {
  // Nobody is well, and nobody panics: whoever comes is told that there is no endpoint.
  if (available === 0) return health.map((_, i) => (i === 0 ? 100 : 0));
  let left = 100;
  const loads = health.map((one) => {
    const load = Math.min(left, Math.floor((one * 100) / available));
    left -= load;
    return load;
  });
  return withRest(loads, left);
}

/** In total panic, by the number of endpoints. */
function sharedOut(counts: readonly number[]): number[] {
  const all = sum(counts);
  if (all === 0) return counts.map((_, i) => (i === 0 ? 100 : 0));
  const loads = counts.map((count) => Math.floor((100 * count) / all));
  return withRest(loads, 100 - sum(loads));
}

/** What rounding has left over goes to the first level that has anything. */
function withRest(loads: readonly number[], rest: number): number[] {
  const first = loads.findIndex((load) => load > 0);
  return loads.map((load, i) => (i === Math.max(0, first) ? load + rest : load));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
