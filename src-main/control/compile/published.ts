/** Ports of this machine that lead to a service: a listener of the gateway for each. */
import type { ListenerConfig } from '../../proxy/config.ts';
import type { Mesh, PublishedPort, Service } from '../../spec/mesh.ts';
import type { Caller, CompileInput } from './input.ts';
import { morePorts, routesOnPort } from './more-ports.ts';
import type { PortView } from './more-ports.ts';
import { listenerProtocol } from './protocol.ts';
import { outboundRoutes } from './routes.ts';

/** A published port of the mesh. */
export interface Published {
  readonly service: Service;
  readonly port: PublishedPort;
  /** Of its listener: another port or address is another one. */
  readonly listener: string;
  /** Where it leads to another port than the first one. */
  readonly view?: PortView | undefined;
}

export function publishedPorts({ services }: Mesh): Published[] {
  return services.flatMap((service) =>
    (service.publish ?? []).map((port, i): Published => {
      const { hostPort, host = '' } = port;
      const name = hostPort === 0 ? `${service.name}|${i}` : host;
      const view = morePorts(service).find((one) => one.port === port.port);
      return { service, port, view, listener: `published|${hostPort}|${name}` };
    }),
  );
}

/** `caller`: the gateway. `loopback`: where it listens unless a port says otherwise. */
export function publishedListeners(
  input: CompileInput,
  caller: Caller,
  loopback: string,
): ListenerConfig[] {
  return publishedPorts(input.mesh).map(
    ({ service, port: { hostPort, host }, listener, view }) => ({
      name: listener,
      direction: 'gateway',
      host: host ?? loopback,
      port: hostPort,
      protocol: listenerProtocol(view?.service ?? service),
      mtls: 'disabled',
      routes: view ? routesOnPort(input, caller, view) : outboundRoutes(input, caller, service),
    }),
  );
}
