/** The Gateway: hosts and port at the edge. */
import type { Mesh } from '../../../spec/mesh.ts';
import type { Manifest } from '../manifest.ts';
import { gatewaySecret } from '../names.ts';
import { tcpServers } from './tcp-routes.ts';

export function istioGateway(mesh: Mesh): Manifest {
  const hosts = new Set(mesh.gateway.routes.map(({ host = '*' }) => host.toLowerCase()));
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: `${mesh.name}-gateway`, namespace: mesh.namespace },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [
        ...(hosts.size > 0 ? [httpServer(hosts)] : []),
        ...(hosts.size > 0 && mesh.gateway.tls ? [httpsServer(mesh, hosts)] : []),
        ...tcpServers(mesh),
      ],
    },
  };
}

function httpServer(hosts: ReadonlySet<string>): Record<string, unknown> {
  return { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: namesOf(hosts) };
}

function httpsServer(mesh: Mesh, hosts: ReadonlySet<string>): Record<string, unknown> {
  return {
    port: { number: 443, name: 'https', protocol: 'HTTPS' },
    hosts: namesOf(hosts),
    tls: { mode: 'SIMPLE', credentialName: gatewaySecret(mesh) },
  };
}

function namesOf(hosts: ReadonlySet<string>): string[] {
  return hosts.has('*') ? ['*'] : [...hosts];
}
