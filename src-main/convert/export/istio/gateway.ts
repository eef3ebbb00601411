/** The Gateway: hosts and port at the edge. */
import type { Mesh } from '../../../spec/mesh.ts';
import type { Manifest } from '../manifest.ts';

export function istioGateway(mesh: Mesh): Manifest {
  const hosts = new Set(mesh.gateway.routes.map(({ host = '*' }) => host.toLowerCase()));
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: `${mesh.name}-gateway`, namespace: mesh.namespace },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [
        {
          port: { number: 80, name: 'http', protocol: 'HTTP' },
          hosts: hosts.has('*') ? ['*'] : [...hosts],
        },
      ],
    },
  };
}
