/** All that leads to a service: its callers within the mesh, and the gateway's routes. */
import { gatewayMatch } from '../../../spec/match-algebra.ts';
import type { GatewayRoute, Mesh, Service } from '../../../spec/mesh.ts';
import type { Lead } from './http-routes.ts';

export function meshLead(mesh: Mesh, service: Service): Lead {
  return { mesh, service, scope: 'mesh', within: {} };
}

/** None where the route's service is gone. */
export function gatewayLeads(mesh: Mesh, route: GatewayRoute): Lead[] {
  const service = mesh.services.find(({ name }) => name === route.service);
  if (!service) return [];
  const { policy: own = {} } = route;
  return [{ mesh, service, scope: 'gateway', within: gatewayMatch(route), own }];
}

/** With what notes call it. */
export function allLeads(mesh: Mesh): { subject: string; lead: Lead }[] {
  return [
    ...mesh.services
      .filter(({ name }) => mesh.services.some(({ calls }) => calls.includes(name)))
      .map((service) => ({ subject: `traffic.${service.name}`, lead: meshLead(mesh, service) })),
    ...mesh.gateway.routes.flatMap((route) =>
      gatewayLeads(mesh, route).map((lead) => ({ subject: `gateway.routes.${route.name}`, lead })),
    ),
  ];
}
