/** Routes for bytes: of services that speak no HTTP, and of the gateway's ports for TCP. */
import type { GatewayTcpRoute, Mesh, Service } from '../../../spec/mesh.ts';
import type { Manifest } from '../manifest.ts';
import { destinations } from './http-routes.ts';

type TcpRoute = Record<string, unknown>;

export function tcpRoute(mesh: Mesh, service: Service): TcpRoute {
  return {
    route: destinations(mesh, {
      service,
      policy: mesh.traffic[service.name] ?? {},
      version: undefined,
    }),
  };
}

/** Those that can be said: a port that is chosen anew each time is none there. */
export function sayableTcpRoutes({ gateway }: Mesh): GatewayTcpRoute[] {
  return (gateway.tcp ?? []).filter(({ port }) => port > 0);
}

/** The Gateway's servers, one for each port and kind. */
export function tcpServers(mesh: Mesh): TcpRoute[] {
  return sayableTcpRoutes(mesh).map(({ name, port, host }) => ({
    port: { number: port, name: `tcp-${name}`, protocol: host === undefined ? 'TCP' : 'TLS' },
    hosts: [host ?? '*'],
    ...(host !== undefined && { tls: { mode: 'PASSTHROUGH' } }),
  }));
}

export function tcpVirtualServices(mesh: Mesh, apiVersion: string): Manifest[] {
  return sayableTcpRoutes(mesh).flatMap(({ name, port, host, service: to }) => {
    const service = mesh.services.find((one) => one.name === to);
    if (!service) return [];
    const route = tcpRoute(mesh, service);
    const spec =
      host === undefined
        ? { tcp: [{ match: [{ port }], ...route }] }
        : { tls: [{ match: [{ port, sniHosts: [host] }], ...route }] };
    return [
      {
        apiVersion,
        kind: 'VirtualService',
        metadata: { name: `${mesh.name}-gateway-tcp-${name}`, namespace: mesh.namespace },
        spec: { hosts: [host ?? '*'], gateways: [`${mesh.name}-gateway`], ...spec },
      },
    ];
  });
}
