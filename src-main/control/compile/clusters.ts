/** Clusters: a version of a service as a caller reaches it. */
import type { ClusterConfig } from '../../proxy/config.ts';
import type { Service, TrafficPolicy } from '../../spec/mesh.ts';
import { isCalledByMtls, mtlsModeOf } from '../../spec/policies/mtls.ts';
import type { Caller, CompileInput, SidecarInput } from './input.ts';
import { faultsOf, placedEndpoints } from './places.ts';
import { CLUSTER_POLICIES } from './policies/cluster-policies.ts';
import { upstreamProtocol } from './protocol.ts';

/** Loopback answers or refuses at once; this is for a machine that is out of breath. */
const CONNECT_TIMEOUT = 5_000;

export function clusterName(service: string, version: string): string {
  return `${service}|${version}`;
}

/** One cluster per version of the called service, as one caller sees it. */
export function calleeClusters(
  input: CompileInput,
  caller: Caller,
  callee: Service,
): ClusterConfig[] {
  const parts = clusterParts(input.mesh.traffic[callee.name]);
  return callee.versions.map((version) => ({
    name: clusterName(callee.name, version.name),
    service: callee.name,
    workloadVersion: version.name,
    connectTimeout: CONNECT_TIMEOUT,
    ...upstreamProtocol(callee),
    ...parts,
    ...placedEndpoints(input, caller, callee, version),
    ...(isCalledByMtls(mtlsModeOf(input.mesh, callee)) && {
      mtls: { expectedSpiffeId: input.spiffeId(callee.name) },
    }),
  }));
}

function clusterParts(traffic: TrafficPolicy | undefined): Partial<ClusterConfig> {
  if (!traffic) return {};
  return CLUSTER_POLICIES.reduce((parts, compile) => ({ ...parts, ...compile(traffic) }), {});
}

export const LOCAL_CLUSTER = 'local';

/** The sidecar's own workload, in plain text on loopback. */
export function localCluster(
  input: CompileInput,
  { id, service, version, workloadPort: port }: SidecarInput,
): ClusterConfig {
  const instanceFaults = faultsOf(input, id);
  return {
    name: LOCAL_CLUSTER,
    service: service.name,
    workloadVersion: version.name,
    connectTimeout: CONNECT_TIMEOUT,
    ...upstreamProtocol(service),
    endpoints: [{ id, host: '127.0.0.1', port, ...(instanceFaults && { instanceFaults }) }],
  };
}
