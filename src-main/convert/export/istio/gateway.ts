/** The Gateway: hosts and port at the edge. */
import type { Mesh } from '../../../spec/mesh.ts';
import type { Manifest } from '../manifest.ts';
import { tcpServers } from './tcp-routes.ts';

export function istioGateway(mesh: Mesh): Manifest {
  const hosts = new Set(mesh.gateway.routes.map(({ host = '*' }) => host.toLowerCase()));
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: `${mesh.name}-gateway`, namespace: mesh.namespace },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [...(hosts.size > 0 ? [httpServer(hosts)] : []), ...tcpServers(mesh)],
    },
  };
}

function httpServer(hosts: ReadonlySet<string>): Record<string, unknown> {
  return {
    port: { number: 80, name: 'http', protocol: 'HTTP' },
    hosts: hosts.has('*') ? ['*'] : [...hosts],
  };
}
