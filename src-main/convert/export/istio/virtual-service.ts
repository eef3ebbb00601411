/** VirtualServices: one for each service within the mesh, and one for each host at the gateway. */
import type { Mesh, Service } from '../../../spec/mesh.ts';
import { routesByHost } from '../gateway-hosts.ts';
import type { Manifest } from '../manifest.ts';
import { serviceHost, uniqueNames } from '../names.ts';
import { isOpaque } from '../../../spec/opaque.ts';
import { httpRoutes } from './http-routes.ts';
import { gatewayLeads, meshLead } from './leads.ts';
import { tcpRoute, tcpVirtualServices } from './tcp-routes.ts';

const API_VERSION = 'networking.istio.io/v1';

/** For all that somebody calls: without one, Istio would retry what is not retried here. */
export function meshVirtualServices(mesh: Mesh): Manifest[] {
  return mesh.services
    .filter((service) => isCalled(mesh, service))
    .map((service) => ({
      apiVersion: API_VERSION,
      kind: 'VirtualService',
      metadata: { name: service.name, namespace: mesh.namespace },
      spec: {
        hosts: [serviceHost(mesh, service.name)],
        ...(isOpaque(service)
          ? { tcp: [tcpRoute(mesh, service)] }
          : { http: httpRoutes(meshLead(mesh, service)) }),
      },
    }));
}

function isCalled(mesh: Mesh, { name }: Service): boolean {
  return mesh.services.some(({ calls }) => calls.includes(name));
}

export function gatewayVirtualServices(mesh: Mesh): Manifest[] {
  const nameFor = uniqueNames(mesh.services.map(({ name }) => name));
  const http = routesByHost(mesh).map(({ host, routes }) => ({
    apiVersion: API_VERSION,
    kind: 'VirtualService',
    metadata: { name: nameFor(`${mesh.name}-gateway`), namespace: mesh.namespace },
    spec: {
      hosts: [host ?? '*'],
      gateways: [`${mesh.name}-gateway`],
      http: routes.flatMap((route) =>
        gatewayLeads(mesh, route).flatMap((lead) => httpRoutes(lead)),
      ),
    },
  }));
  return [...http, ...tcpVirtualServices(mesh, API_VERSION)];
}
