/** DestinationRules: the versions as subsets, and mutual TLS towards them. */
import type { Mesh } from '../../../spec/mesh.ts';
import type { Manifest } from '../manifest.ts';
import { serviceHost } from '../names.ts';

export function destinationRules(mesh: Mesh): Manifest[] {
  return mesh.services.map(({ name, versions }) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name, namespace: mesh.namespace },
    spec: {
      host: serviceHost(mesh, name),
      trafficPolicy: { tls: { mode: mesh.mtls === 'strict' ? 'ISTIO_MUTUAL' : 'DISABLE' } },
      ...(versions.length > 1 && {
        subsets: versions.map((version) => ({
          name: version.name,
          labels: { version: version.name },
        })),
      }),
    },
  }));
}
