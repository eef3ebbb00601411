/** VirtualServices: one for each service within the mesh, and one for each host at the gateway. */
import type { Mesh } from '../../../spec/mesh.ts';
import { routesByHost } from '../gateway-hosts.ts';
import type { Manifest } from '../manifest.ts';
import { serviceHost } from '../names.ts';
import { httpRoutes } from './http-routes.ts';

const API_VERSION = 'networking.istio.io/v1';

/** Only services that have more to say than "send it there". */
export function meshVirtualServices(mesh: Mesh): Manifest[] {
  return mesh.services
    .filter(
      ({ name, versions }) =>
        mesh.traffic[name] ||
        versions.length > 1 ||
        mesh.faults.some((fault) => fault.enabled && fault.to === name),
    )
    .map((service) => ({
      apiVersion: API_VERSION,
      kind: 'VirtualService',
      metadata: { name: service.name, namespace: mesh.namespace },
      spec: {
        hosts: [serviceHost(mesh, service.name)],
        http: httpRoutes(mesh, service, { caller: 'mesh', match: {} }),
      },
    }));
}

export function gatewayVirtualServices(mesh: Mesh): Manifest[] {
  return routesByHost(mesh).map(({ host, routes }, i) => ({
    apiVersion: API_VERSION,
    kind: 'VirtualService',
    metadata: {
      name: `${mesh.name}-gateway${i === 0 ? '' : `-${i + 1}`}`,
      namespace: mesh.namespace,
    },
    spec: {
      hosts: [host ?? '*'],
      gateways: [`${mesh.name}-gateway`],
      http: routes.flatMap(({ path, service: name }) => {
        const service = mesh.services.find((one) => one.name === name);
        return service ? httpRoutes(mesh, service, { caller: 'gateway', match: { path } }) : [];
      }),
    },
  }));
}
