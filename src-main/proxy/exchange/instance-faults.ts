/**
 * Marks hops that a fault of an instance has had a part in (it was killed, paused, slowed down): what
 * fails meanwhile is never taken for the service's own failure.
 */
import type { Milliseconds } from '../../base/units.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { HopFlag } from '../hop.ts';
import type { HopDraft } from './hop-draft.ts';

/**
 * Of a hop that is over, or is about to be answered: what has acted on its instance since it began.
 * Once is as good as twice.
 * @param began by the clock's `now`
 */
export function noteInstanceFaults(hop: HopDraft, status: number, began: Milliseconds): void {
  const names = hop.endpoint?.instanceFaultsSince(began);
  if (!names || names.length === 0) return;
  const isFailed = hop.failure !== '' || status >= 500 || (hop.flags & HopFlag.GRPC_FAILURE) !== 0;
  mark(hop, names, isFailed);
}

/** Of a hop that found nobody to go to, and so fails: what keeps the instances of its cluster away. */
export function noteAbsence(hop: HopDraft, { config, pools }: Cluster): void {
  const names = [
    ...(config.absentByFaults ?? []),
    ...pools.flatMap(({ state }) => state.endpoint.instanceFaults ?? []),
  ];
  if (names.length > 0) mark(hop, names, true);
}

function mark(hop: HopDraft, names: readonly string[], isFailed: boolean): void {
  const known = hop.faults === '' ? [] : hop.faults.split(',');
  hop.faults = [...new Set([...known, ...names])].join(',');
  hop.flags |= HopFlag.FAULT_INJECTED;
  if (isFailed) hop.flags |= HopFlag.ABORT_INJECTED;
}
