/** The mesh for Gateway API. */
import type { Mesh } from '../../../spec/mesh.ts';
import { manifestFile } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { GATEWAY_CLASS, gatewaySecret } from '../names.ts';
import type { ExportResult } from '../result.ts';
import { httpRoutes } from './http-route.ts';

export function exportGatewayApi(mesh: Mesh): ExportResult['files'] {
  const routes = httpRoutes(mesh);
  const edge = routes.gateway.length > 0 ? [gateway(mesh), ...routes.gateway] : [];
  return [
    { name: 'gateway.yaml', manifests: edge },
    { name: 'routes.yaml', manifests: routes.mesh },
  ]
    .filter(({ manifests }) => manifests.length > 0)
    .map(({ name, manifests }) => ({ name, text: manifestFile(mesh, 'Gateway API', manifests) }));
}

/** Which implementation serves it is the cluster's choice; a note says that the class may differ. */
function gateway(mesh: Mesh): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: `${mesh.name}-gateway`, namespace: mesh.namespace },
    spec: {
      gatewayClassName: GATEWAY_CLASS,
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP' },
        ...(mesh.gateway.tls
          ? [
              {
                name: 'https',
                port: 443,
                protocol: 'HTTPS',
                tls: { mode: 'Terminate', certificateRefs: [{ name: gatewaySecret(mesh) }] },
              },
            ]
          : []),
      ],
    },
  };
}
