/** An edge as the app sees it: with what its callers' proxies do where their first choice fails. */
import type { EdgeState } from '../api/contract/index.ts';
import type { EdgeFigures } from '../telemetry/figures.ts';
import type { Failover } from './failed-over.ts';

/** `callerOf`: the service of a proxy's node. */
export function withFailovers(
  edge: EdgeFigures,
  failovers: readonly Failover[],
  callerOf: (node: string) => string,
): EdgeState {
  const own = failovers.filter(
    ({ by, service }) => service === edge.to && callerOf(by) === edge.from,
  );
  if (own.length === 0) return edge;
  return {
    ...edge,
    failovers: own.map(({ by, version, priorities }) => ({
      by,
      version,
      priorities: [...priorities],
    })),
  };
}
