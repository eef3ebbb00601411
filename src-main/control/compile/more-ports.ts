/**
 * The ports of a service besides its first: each has listeners and clusters of its own, which are those
 * of the first one under names that end with the port. All that is said of the service holds for all.
 */
import { podInboundPort } from '../../pod/messages.ts';
import type { ClusterConfig, ListenerConfig, RouteConfig } from '../../proxy/config.ts';
import type { Service } from '../../spec/mesh.ts';
import { calleeClusters, localCluster } from './clusters.ts';
import type { Caller, CompileInput, SidecarInput } from './input.ts';
import { outboundRoutes } from './routes.ts';

/** A service as it is at one of its further ports. */
export interface PortView {
  readonly port: number;
  /** Of a pod's listener for it. */
  readonly inboundPort: number;
  /** With the port's protocol as its own. */
  readonly service: Service;
}

export function morePorts(service: Service): PortView[] {
  return (service.ports ?? []).map(({ port, protocol }, i) => ({
    port,
    inboundPort: podInboundPort(i + 1),
    service: { ...service, protocol },
  }));
}

/** A listener's or cluster's name at a port that is not the first. */
export function onPort(name: string, port: number): string {
  return `${name}|${port}`;
}

/** Who is called at this port: endpoints that have none are not there. */
export function clustersOnPort(
  input: CompileInput,
  caller: Caller,
  { port, service }: PortView,
): ClusterConfig[] {
  const endpoints = input.endpoints.flatMap((one) => {
    const addresses = one.service === service.name ? one.ports?.[port] : undefined;
    if (!addresses) return [];
    const { pod: _, ...rest } = one;
    const { host, pod } = addresses;
    return [{ ...rest, ...host, ...(pod && { pod }) }];
  });
  const clusters = calleeClusters({ ...input, endpoints }, caller, service);
  // What is asked to know whether it is well is the first port.
  return clusters.map(({ healthCheck: _, ...one }) => ({ ...one, name: onPort(one.name, port) }));
}

/** A shadow goes to another service, which need not have the port: there is none. */
export function routesOnPort(
  input: CompileInput,
  caller: Caller,
  { port, service }: PortView,
): RouteConfig[] {
  return outboundRoutes(input, caller, service).map(({ mirror: _, ...route }) => ({
    ...route,
    overrides: route.overrides.map((one) => ({ ...one, cluster: onPort(one.cluster, port) })),
    split: route.split.map((one) => ({ ...one, cluster: onPort(one.cluster, port) })),
  }));
}

/** The sidecar's own workload at this port. */
export function localClusterOnPort(
  input: CompileInput,
  sidecar: SidecarInput,
  { port, service }: PortView,
): ClusterConfig {
  const cluster = localCluster(input, { ...sidecar, service, workloadPort: port });
  return { ...cluster, name: onPort(cluster.name, port) };
}

/** The same listener at another port. */
export function listenerOnPort(
  listener: ListenerConfig,
  { port, inboundPort }: PortView,
  ports: SidecarInput['ports'],
): ListenerConfig {
  const name = onPort(listener.name, port);
  const isInPod = listener.direction === 'inbound' && listener.port === podInboundPort(0);
  return { ...listener, name, port: isInPod ? inboundPort : (ports[name] ?? 0) };
}
