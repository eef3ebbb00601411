/** The instances that requests may be sent to, with their addresses by who asks. */
import type { EndpointAddress, ReadyEndpoint } from '../control/compile/input.ts';
import { INBOUND_FOR_PODS, INBOUND_LISTENER, LOOPBACK } from '../control/compile/proxies.ts';
import type { InstanceSpec } from '../runtime/instance.ts';
import type { Pod } from '../runtime/docker/pod.ts';
import type { InstanceReport } from '../runtime/runtime.ts';

export interface EndpointFacts {
  readonly spec: InstanceSpec;
  readonly report: InstanceReport | undefined;
  /** Where its sidecar is, if that is a pod. */
  readonly pod: Pick<Pod, 'addresses'> | undefined;
  /** Of its sidecar's listeners. */
  readonly ports: Readonly<Record<string, number>>;
}

/** How pods get to this machine. */
export type WayToHost =
  /** An address of it in their network: a listener is bound there. */
  | { readonly bound: string }
  /** A name that leads to its loopback, as Docker Desktop has it. */
  | { readonly name: string };

export function readyEndpoint(
  { spec, report, pod, ports }: EndpointFacts,
  way: WayToHost | undefined,
): ReadyEndpoint[] {
  if (report?.status !== 'ready') return [];
  const { id, service, version, index } = spec;
  const about = { id, service: service.name, version: version.name, index };
  if (pod) return [{ ...about, ...pod.addresses.host, pod: pod.addresses.pod }];
  const port = ports[INBOUND_LISTENER];
  if (port === undefined) return [];
  const forPods = way && addressForPods(way, ports);
  return [{ ...about, host: LOOPBACK, port, ...(forPods && { pod: forPods }) }];
}

function addressForPods(
  way: WayToHost,
  ports: Readonly<Record<string, number>>,
): EndpointAddress | undefined {
  const isBound = 'bound' in way;
  const port = ports[isBound ? INBOUND_FOR_PODS : INBOUND_LISTENER];
  return port === undefined ? undefined : { host: isBound ? way.bound : way.name, port };
}
