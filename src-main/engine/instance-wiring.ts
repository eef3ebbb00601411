/** What an instance is told of its surroundings. */
import { LOOPBACK, outboundListener } from '../control/compile/proxies.ts';
import type { InstanceSpec } from '../runtime/instance.ts';
import type { Address, InstanceWiring } from '../runtime/runtime.ts';
import type { Mesh, Service } from '../spec/mesh.ts';
import { peersOf } from '../spec/peers.ts';
import { servicePort } from '../spec/service-port.ts';

/**
 * On this machine peers are at ports of the instance's own sidecar; in a pod they are at their names.
 * @param port where the instance is to listen @param ports of its sidecar's listeners
 */
export function wiringOf(
  { services }: Mesh,
  { service, version }: InstanceSpec,
  port: number,
  ports: Readonly<Record<string, number>>,
): InstanceWiring {
  const isPod = version.workload.runtime === 'docker';
  const addressOf = (peer: Service): Address =>
    isPod
      ? { host: peer.name, port: servicePort(peer) }
      : { host: LOOPBACK, port: ports[outboundListener(peer.name)] ?? 0 };
  const peers = peersOf(service).flatMap((name) => services.find((one) => one.name === name) ?? []);
  return { port, callees: Object.fromEntries(peers.map((one) => [one.name, addressOf(one)])) };
}
