/** Which endpoints of a cluster may be picked now, in which groups, and with which shares. */
import type { Percent } from '../../base/units.ts';
import { HopFlag } from '../hop.ts';
import type { EndpointState } from './endpoint-state.ts';
import { priorityLoads } from './priority/load.ts';
import { effectiveWeight } from './priority/locality-weight.ts';

interface Stated {
  readonly state: EndpointState;
}

export interface AvailabilityPolicy {
  readonly panicThreshold: Percent;
  /** By locality; undefined: they do not count. */
  readonly localityWeights: Readonly<Record<string, number>> | undefined;
}

/** Endpoints among which the algorithm chooses. */
export interface EndpointGroup<T> {
  /** `priority`, or `priority|locality` where localities have weights: stable. */
  readonly key: string;
  /** At least one. */
  readonly pools: readonly T[];
  /** Of the requests, as a part of 100; 0: only for tries that find nobody else in the others. */
  readonly share: number;
}

/** A priority, as requests are shared out now. */
export interface PriorityState {
  /** Per cent of the requests. */
  readonly load: Percent;
  readonly well: number;
  readonly total: number;
  /** Bits of HopFlag for every try that picks one of its endpoints. */
  readonly flags: number;
}

export interface Availability<T> {
  /** The first choice first. */
  readonly groups: readonly EndpointGroup<T>[];
  /** By priority, those without an endpoint included. */
  readonly priorities: readonly PriorityState[];
  /** Bits of HopFlag for a try that finds nobody. */
  readonly flags: number;
}

/**
 * Endpoints that are well, by priority. In a priority that is in panic all are taken: the few that
 * are left could not bear it, and perhaps it is the judgement that is wrong.
 */
export function availabilityOf<T extends Stated>(
  pools: readonly T[],
  { panicThreshold, localityWeights }: AvailabilityPolicy,
): Availability<T> {
  const levels = byPriority(pools);
  const health = levels.map((all) => ({ well: wellOf(all).length, total: all.length }));
  const loads = priorityLoads(health, panicThreshold);
  const flags = pools.some(({ state }) => state.ejection) ? HopFlag.EJECTED : 0;
  const groups = levels.flatMap((all, priority) => {
    const { load = 0, isPanic = false } = loads[priority] ?? {};
    // As in Envoy, localities do not count in panic.
    const weights = isPanic ? undefined : localityWeights;
    const taken = isPanic ? all : wellOf(all);
    return weights ? weighted(priority, all, load, weights) : plain(String(priority), taken, load);
  });
  const priorities = health.map(({ well, total }, priority): PriorityState => {
    const { load = 0, isPanic = false } = loads[priority] ?? {};
    return { load, well, total, flags: flags | flagsOf(priority, isPanic) };
  });
  return { groups, priorities, flags };
}

function flagsOf(priority: number, isPanic: boolean): number {
  return (isPanic ? HopFlag.PANIC : 0) | (priority > 0 ? HopFlag.FAILOVER : 0);
}

function byPriority<T extends Stated>(pools: readonly T[]): T[][] {
  const most = Math.max(0, ...pools.map(priorityOf));
  const levels = Array.from({ length: most + 1 }, (): T[] => []);
  for (const pool of pools) levels[priorityOf(pool)]?.push(pool);
  return levels;
}

function priorityOf({ state }: Stated): number {
  return state.endpoint.priority ?? 0;
}

function wellOf<T extends Stated>(pools: readonly T[]): T[] {
  return pools.filter(({ state }) => state.isAvailable);
}

function plain<T>(key: string, pools: readonly T[], share: number): EndpointGroup<T>[] {
  return pools.length === 0 ? [] : [{ key, pools, share }];
}

/** A group for each locality of a priority. */
function weighted<T extends Stated>(
  priority: number,
  all: readonly T[],
  load: Percent,
  weights: Readonly<Record<string, number>>,
): EndpointGroup<T>[] {
  const names = [...new Set(all.map(localityOf))].sort();
  const parts = names.map((name) => {
    const own = all.filter((pool) => localityOf(pool) === name);
    const well = wellOf(own);
    const health = { well: well.length, total: own.length };
    return { name, well, weight: effectiveWeight(weights[name] ?? 0, health) };
  });
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  // None that has a weight is left: as if there were no weights (Envoy).
  if (sum === 0) return plain(String(priority), wellOf(all), load);
  return parts.flatMap(({ name, well, weight }) =>
    plain(`${priority}|${name}`, well, (load * weight) / sum),
  );
}

function localityOf({ state }: Stated): string {
  return state.endpoint.locality ?? '';
}
