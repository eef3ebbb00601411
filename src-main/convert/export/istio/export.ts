/** The mesh for Istio. */
import type { Mesh } from '../../../spec/mesh.ts';
import { manifestFile } from '../manifest.ts';
import type { ExportResult } from '../result.ts';
import { authorizationPolicies } from './authorization-policy.ts';
import { destinationRules } from './destination-rule.ts';
import { istioGateway } from './gateway.ts';
import { peerAuthentications } from './peer-authentication.ts';
import { sayableTcpRoutes } from './tcp-routes.ts';
import { gatewayVirtualServices, meshVirtualServices } from './virtual-service.ts';

export function exportIstio(mesh: Mesh): ExportResult['files'] {
  const traffic = [...meshVirtualServices(mesh), ...destinationRules(mesh)];
  const hasGateway = mesh.gateway.routes.length > 0 || sayableTcpRoutes(mesh).length > 0;
  const gateway = hasGateway ? [istioGateway(mesh), ...gatewayVirtualServices(mesh)] : [];
  const security = [...peerAuthentications(mesh), ...authorizationPolicies(mesh)];
  return [
    { name: 'gateway.yaml', manifests: gateway },
    { name: 'traffic.yaml', manifests: traffic },
    { name: 'security.yaml', manifests: security },
  ]
    .filter(({ manifests }) => manifests.length > 0)
    .map(({ name, manifests }) => ({ name, text: manifestFile(mesh, 'Istio', manifests) }));
}
