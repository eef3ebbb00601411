/** Ports of this machine that lead to a service: a listener of the gateway for each. */
import type { ListenerConfig } from '../../proxy/config.ts';
import type { Mesh, PublishedPort, Service } from '../../spec/mesh.ts';
import { servicePort } from '../../spec/service-port.ts';
import type { Caller, CompileInput } from './input.ts';
import { listenerProtocol } from './protocol.ts';
import { outboundRoutes } from './routes.ts';

/** A published port of the mesh. */
export interface Published {
  readonly service: Service;
  readonly port: PublishedPort;
  /** Of its listener: another port or address is another one. */
  readonly listener: string;
}

/** Those that lead to the port of their service that the mesh carries: its first one. */
export function publishedPorts({ services }: Mesh): Published[] {
  return services.flatMap((service) =>
    (service.publish ?? []).flatMap((port, i): Published[] => {
      if (port.port !== undefined && port.port !== servicePort(service)) return [];
      const { hostPort, host = '' } = port;
      const name = hostPort === 0 ? `${service.name}|${i}` : host;
      return [{ service, port, listener: `published|${hostPort}|${name}` }];
    }),
  );
}

/** `caller`: the gateway. `loopback`: where it listens unless a port says otherwise. */
export function publishedListeners(
  input: CompileInput,
  caller: Caller,
  loopback: string,
): ListenerConfig[] {
  return publishedPorts(input.mesh).map(({ service, port: { hostPort, host }, listener }) => ({
    name: listener,
    direction: 'gateway',
    host: host ?? loopback,
    port: hostPort,
    protocol: listenerProtocol(service),
    mtls: 'disabled',
    routes: outboundRoutes(input, caller, service),
  }));
}
