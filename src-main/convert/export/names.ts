/** Names that all Kubernetes exports share. */
import type { Mesh, Service } from '../../spec/mesh.ts';

/** The port under which services are known in the cluster; the document does not say one. */
export const SERVICE_PORT = 80;

export function serviceHost(mesh: Mesh, service: string): string {
  return `${service}.${mesh.namespace}.svc.cluster.local`;
}

/** Gateway API splits between Services, not subsets: each version needs one of its own. */
export function versionService(service: Service, version: string): string {
  return service.versions.length === 1 ? service.name : `${service.name}-${version}`;
}
