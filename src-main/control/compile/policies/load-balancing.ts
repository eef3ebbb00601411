/** The choice among a version's instances: a cluster's, not a route's (see `clusters.ts`). */
import type { ClusterConfig } from '../../../proxy/config.ts';
import type { TrafficPolicy } from '../../../spec/mesh.ts';
import type { CompilePolicy } from './policy.ts';

export const compileLoadBalancing: CompilePolicy = () => ({});

/** The part of a cluster that a policy decides. */
export function clusterLoadBalancing({
  loadBalancing,
}: TrafficPolicy): Pick<ClusterConfig, 'loadBalancing'> {
  return loadBalancing ? { loadBalancing } : {};
}
