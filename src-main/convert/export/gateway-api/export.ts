/** The mesh for Gateway API. */
import type { Mesh } from '../../../spec/mesh.ts';
import { manifestFile } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import type { ExportResult } from '../result.ts';
import { gatewayHttpRoutes, meshHttpRoutes } from './http-route.ts';

export function exportGatewayApi(mesh: Mesh): ExportResult['files'] {
  const edge = mesh.gateway.routes.length > 0 ? [gateway(mesh), ...gatewayHttpRoutes(mesh)] : [];
  return [
    { name: 'gateway.yaml', manifests: edge },
    { name: 'routes.yaml', manifests: meshHttpRoutes(mesh) },
  ]
    .filter(({ manifests }) => manifests.length > 0)
    .map(({ name, manifests }) => ({ name, text: manifestFile(mesh, 'Gateway API', manifests) }));
}

/** Which implementation serves it is the cluster's choice: its class has to be filled in. */
function gateway(mesh: Mesh): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: `${mesh.name}-gateway`, namespace: mesh.namespace },
    spec: {
      gatewayClassName: 'istio',
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }],
    },
  };
}
