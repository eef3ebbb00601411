/** PeerAuthentication: whether workloads accept anything but mutual TLS. */
import type { Mesh, MtlsMode } from '../../../spec/mesh.ts';
import type { Manifest } from '../manifest.ts';

const MODES: Record<MtlsMode, string> = {
  strict: 'STRICT',
  permissive: 'PERMISSIVE',
  disabled: 'DISABLE',
};

/** One for the namespace, and one for each service with a mode of its own. */
export function peerAuthentications(mesh: Mesh): Manifest[] {
  return [
    peerAuthentication(mesh, 'default', { mtls: { mode: MODES[mesh.mtls] } }),
    ...mesh.services.flatMap(({ name, mtls }) => {
      if (mtls === undefined) return [];
      const selector = { matchLabels: { app: name } };
      return [peerAuthentication(mesh, name, { selector, mtls: { mode: MODES[mtls] } })];
    }),
  ];
}

function peerAuthentication(mesh: Mesh, name: string, spec: Manifest['spec']): Manifest {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name, namespace: mesh.namespace },
    spec,
  };
}
