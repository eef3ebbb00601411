/** Names that all Kubernetes exports share. */
import type { Mesh, Service } from '../../spec/mesh.ts';

/** The port under which services are known in the cluster; the document does not say one. */
export const SERVICE_PORT = 80;

/** Istio's, since it takes Gateway API too; a cluster with another one has another name for it. */
export const GATEWAY_CLASS = 'istio';

export function serviceHost(mesh: Mesh, service: string): string {
  return `${service}.${mesh.namespace}.svc.cluster.local`;
}

/** Of the gateway's certificate, which no document holds. */
export function gatewaySecret(mesh: Mesh): string {
  return `${mesh.name}-gateway-certificate`;
}

/** Gateway API splits between Services, not subsets: each version needs one of its own. */
export function versionService(mesh: Mesh, service: Service, version: string): string {
  if (service.versions.length === 1) return service.name;
  const isTaken = (name: string): boolean => mesh.services.some((one) => one.name === name);
  const name = `${service.name}-${version}`;
  return isTaken(name) ? `${name}-version` : name;
}

/** Gives out each name once: the next one who wants it gets a number behind it. */
export function uniqueNames(taken: readonly string[]): (wanted: string) => string {
  const used = new Set(taken);
  return (wanted) => {
    let name = wanted;
    for (let n = 2; used.has(name); n++) name = `${wanted}-${n}`;
    used.add(name);
    return name;
  };
}
