/** The ways that requests go, without those that Gateway API has no words for. */
import type { Mesh, Service } from '../../../spec/mesh.ts';
import { routesByHost } from '../gateway-hosts.ts';
import { isOpaque } from '../opaque.ts';
import { waysTo } from '../ways.ts';
import type { Way } from '../ways.ts';
import { isKnownMethod } from './methods.ts';

/** By host, since in Gateway API the most special host comes before all else. */
export function gatewayWays(mesh: Mesh): { host: string | undefined; ways: Way[] }[] {
  return routesByHost(mesh).map(({ host, routes }) => ({
    host,
    ways: routes.flatMap(({ path, service: name }) => {
      const service = mesh.services.find((one) => one.name === name);
      return service ? sayable(waysTo(mesh, service, { path })) : [];
    }),
  }));
}

/** Of each service that has a policy. */
export function serviceWays(mesh: Mesh): { service: Service; ways: Way[] }[] {
  return mesh.services
    .filter((service) => mesh.traffic[service.name] && !isOpaque(service))
    .map((service) => ({ service, ways: sayable(waysTo(mesh, service, {})) }));
}

function sayable(ways: readonly Way[]): Way[] {
  return ways.filter(({ match }) => isKnownMethod(match.method));
}
