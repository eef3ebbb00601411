import type { HopCursor } from '../../proxy/hop-reader.ts';
import { HopFlag } from '../../proxy/hop.ts';
import type { Observation } from '../histograms/channel.ts';
import { isFailed, isFailedByFault, outcomeOf } from '../outcome.ts';

/** What a hop that ended an exchange says about the callee. `second`: since 1970, whole. */
export function observationOf(hop: HopCursor, second: number): Observation {
  const { status, grpcStatus, flags, faults } = hop;
  const facts = { status, grpcStatus, flags, faults };
  const outcome = outcomeOf(facts);
  const isReal = outcome !== 'injected';
  return {
    second,
    // How long a tunnel lived says nothing of how long anybody waited.
    duration: flags & HopFlag.TUNNEL ? hop.established : hop.exchangeDuration,
    outcome,
    failed: isFailed(facts),
    failedByFault: isFailedByFault(facts),
    injected: faults !== '',
    clientError: isReal && status >= 400 && status < 500,
    grpcError: isReal && grpcStatus > 0,
    // An exchange that never reached a connection says nothing against it.
    mtls: (flags & HopFlag.MTLS) !== 0 || hop.failure !== '',
  };
}
