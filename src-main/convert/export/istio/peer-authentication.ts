/** PeerAuthentication: whether workloads accept anything but mutual TLS. */
import type { Mesh } from '../../../spec/mesh.ts';
import type { Manifest } from '../manifest.ts';

export function peerAuthentication(mesh: Mesh): Manifest {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: mesh.namespace },
    spec: { mtls: { mode: mesh.mtls === 'strict' ? 'STRICT' : 'DISABLE' } },
  };
}
