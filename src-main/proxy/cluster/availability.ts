/** Which endpoints of a cluster may be picked now. */
import { HopFlag } from '../hop.ts';
import type { EndpointState } from './endpoint-state.ts';

interface Stated {
  readonly state: EndpointState;
}

export interface Availability<T> {
  readonly pools: readonly T[];
  /** Bits of HopFlag for every try that picks now. */
  readonly flags: number;
}

/**
 * Where fewer than `panicThreshold` per cent are well, all are taken (Envoy's panic): the few that are
 * left could not bear it, and perhaps it is the judgement that is wrong.
 */
export function availabilityOf<T extends Stated>(
  pools: readonly T[],
  panicThreshold: number,
): Availability<T> {
  const well = pools.filter(({ state }) => state.isAvailable);
  if (well.length === pools.length) return { pools, flags: 0 };
  const flags = pools.some(({ state }) => state.ejection) ? HopFlag.EJECTED : 0;
  const isPanic = (100 * well.length) / pools.length < panicThreshold;
  return isPanic ? { pools, flags: flags | HopFlag.PANIC } : { pools: well, flags };
}
