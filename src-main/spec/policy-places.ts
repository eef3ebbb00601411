/** Every place of the document that says how requests are treated, and every match in it. */
import { gatewayMatch } from './match-algebra.ts';
import type { Mesh, RequestMatch, RoutePolicy } from './mesh.ts';
import type { UpstreamPolicy } from './upstream.ts';
import type { Path } from './document/tree.ts';

export interface PolicyPlace {
  readonly path: Path;
  /** For messages: `payments`, `route premium of payments`. */
  readonly title: string;
  /** As exports name it: `traffic.payments`, `traffic.payments.routes.premium`. */
  readonly subject: string;
  /** Whose versions it speaks of. */
  readonly service: string;
  readonly policy: RoutePolicy & UpstreamPolicy;
}

export function policyPlaces(mesh: Mesh): PolicyPlace[] {
  return [
    ...Object.entries(mesh.traffic).flatMap(([service, { routes = [], ...policy }]) => [
      {
        path: ['traffic', service],
        title: service,
        subject: `traffic.${service}`,
        service,
        policy,
      },
      ...routes.map((route, i) => ({
        path: ['traffic', service, 'routes', i],
        title: `route ${route.name} of ${service}`,
        subject: `traffic.${service}.routes.${route.name}`,
        service,
        policy: route.policy,
      })),
    ]),
    ...mesh.gateway.routes.map(({ name, service, policy = {} }, i) => ({
      path: ['gateway', 'routes', i],
      title: `the gateway's route ${name}`,
      subject: `gateway.routes.${name}`,
      service,
      policy,
    })),
  ];
}

/** All matches, each with the path of the mapping that it is written in. */
export function matchPlaces(mesh: Mesh): { path: Path; match: RequestMatch }[] {
  return [
    ...policyPlaces(mesh).flatMap(({ path, policy: { overrides = [] } }) =>
      overrides.map(({ match }, i) => ({ path: [...path, 'overrides', i], match })),
    ),
    ...Object.entries(mesh.traffic).flatMap(([service, { routes = [] }]) =>
      routes.map(({ match }, i) => ({ path: ['traffic', service, 'routes', i, 'match'], match })),
    ),
    ...mesh.gateway.routes.map((route, i) => ({
      path: ['gateway', 'routes', i],
      match: gatewayMatch(route),
    })),
    ...mesh.faults.map(({ match }, i) => ({ path: ['faults', i, 'match'], match })),
  ];
}
