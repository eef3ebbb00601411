/** What a hop says about the callee: the one place that decides what counts as an error. */
import { HopFlag } from '../proxy/hop.ts';
import type { Outcome } from './histograms/channel.ts';

interface HopFacts {
  readonly status: number;
  /** -1: none was seen. */
  readonly grpcStatus: number;
  readonly flags: number;
  readonly faults: string;
}

/** What a connection without messages can fail of. */
const TUNNEL_FAILURES =
  HopFlag.CONNECT_FAILURE | HopFlag.UPSTREAM_RESET | HopFlag.NO_ENDPOINT | HopFlag.NO_ROUTE;

/**
 * 5xx, a gRPC status that is the service's fault, or no answer at all; a caller that went away is not
 * the callee's fault, nor is a try that another one outran.
 */
export function isFailed({ status, flags }: HopFacts): boolean {
  if (flags & (HopFlag.DOWNSTREAM_GONE | HopFlag.HEDGE_LOST)) return false;
  if (flags & HopFlag.GRPC_FAILURE) return true;
  if (flags & HopFlag.TUNNEL) return (flags & TUNNEL_FAILURES) !== 0;
  return status >= 500 || status === 0;
}

/**
 * Failed because of a fault: it answered itself, or held the try back until its time was over. A call
 * that was only delayed, and then failed by itself, is a real failure.
 */
export function isFailedByFault(hop: HopFacts): boolean {
  if (!isFailed(hop)) return false;
  if (hop.flags & HopFlag.ABORT_INJECTED) return true;
  const isHeld = (hop.flags & (HopFlag.DELAY_INJECTED | HopFlag.FAULT_INJECTED)) !== 0;
  return isHeld && (hop.flags & (HopFlag.TIMEOUT | HopFlag.IDLE_TIMEOUT)) !== 0;
}

/** What was injected is never counted as real, and what is real never as injected. */
export function outcomeOf(hop: HopFacts): Outcome {
  if (isFailed(hop)) return isFailedByFault(hop) ? 'injected' : 'failed';
  if (hop.faults !== '') return 'injected';
  // NOT_FOUND and the like come with 200.
  return hop.status >= 400 || hop.grpcStatus > 0 ? 'clientError' : 'ok';
}
