/** The instances that requests may be sent to, with their addresses by who asks. */
import type { EndpointAddresses, ReadyEndpoint } from '../control/compile/input.ts';
import { onPort } from '../control/compile/more-ports.ts';
import { INBOUND_FOR_PODS, INBOUND_LISTENER, LOOPBACK } from '../control/compile/proxies.ts';
import type { InstanceSpec } from '../runtime/instance.ts';
import type { Pod } from '../runtime/docker/pod.ts';
import type { InstanceReport } from '../runtime/runtime.ts';

export interface EndpointFacts {
  readonly spec: InstanceSpec;
  readonly report: InstanceReport | undefined;
  /** Where its sidecar is, if that is a pod. */
  readonly pod: Pick<Pod, 'addresses' | 'moreAddresses'> | undefined;
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
  if (pod) {
    const { addresses, moreAddresses } = pod;
    return [{ ...about, ...addresses.host, pod: addresses.pod, ports: moreAddresses }];
  }
  const first = addressesAt((name) => ports[name], way);
  if (!first) return [];
  const others = (service.ports ?? []).flatMap(({ port }) => {
    const addresses = addressesAt((name) => ports[onPort(name, port)], way);
    return addresses ? [[port, addresses]] : [];
  });
  const { host, pod: forPods } = first;
  const more = Object.fromEntries(others) as ReadyEndpoint['ports'];
  return [{ ...about, ...host, ...(forPods && { pod: forPods }), ...(more && { ports: more }) }];
}

/** By the ports that an instance's listeners on this machine have. */
function addressesAt(
  portOf: (listener: string) => number | undefined,
  way: WayToHost | undefined,
): EndpointAddresses | undefined {
  const port = portOf(INBOUND_LISTENER);
  if (port === undefined) return undefined;
  const host = { host: LOOPBACK, port };
  if (!way) return { host };
  if ('name' in way) return { host, pod: { host: way.name, port } };
  const bound = portOf(INBOUND_FOR_PODS);
  return { host, ...(bound !== undefined && { pod: { host: way.bound, port: bound } }) };
}
