/** DestinationRules: the versions as subsets, and mutual TLS towards them. */
import type { Mesh } from '../../../spec/mesh.ts';
import { isCalledByMtls, mtlsModeOf } from '../../../spec/policies/mtls.ts';
import type { Manifest } from '../manifest.ts';
import { serviceHost } from '../names.ts';
import { upstreamParts } from './traffic-policy.ts';

export function destinationRules(mesh: Mesh): Manifest[] {
  return mesh.services.map((service) => {
    const { name, versions } = service;
    const tls = { mode: isCalledByMtls(mtlsModeOf(mesh, service)) ? 'ISTIO_MUTUAL' : 'DISABLE' };
    return {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name, namespace: mesh.namespace },
      spec: {
        host: serviceHost(mesh, name),
        trafficPolicy: { tls, ...upstreamParts(mesh.traffic[name]) },
        ...(versions.length > 1 && {
          subsets: versions.map((version) => ({
            name: version.name,
            labels: { version: version.name },
          })),
        }),
      },
    };
  });
}
