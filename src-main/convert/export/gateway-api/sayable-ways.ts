/** The ways that requests go, without those that Gateway API has no words for. */
import type { Mesh, Service } from '../../../spec/mesh.ts';
import { gatewayMatch } from '../../../spec/match-algebra.ts';
import { routesByHost } from '../gateway-hosts.ts';
import { isOpaque } from '../../../spec/opaque.ts';
import { waysTo } from '../ways.ts';
import type { Way } from '../ways.ts';
import { isKnownMethod } from './methods.ts';

/** By host, since in Gateway API the most special host comes before all else. */
export function gatewayWays(mesh: Mesh): { host: string | undefined; ways: Way[] }[] {
  return routesByHost(mesh).map(({ host, routes }) => ({
    host,
    ways: routes.flatMap((route) => {
      const service = mesh.services.find(({ name }) => name === route.service);
      const ways = service ? waysTo(mesh, service, gatewayMatch(route), route.policy) : [];
      return ways.filter(isSayable);
    }),
  }));
}

/** Of each service that has a policy. */
export function serviceWays(mesh: Mesh): { service: Service; ways: Way[] }[] {
  return mesh.services
    .filter((service) => mesh.traffic[service.name] && !isOpaque(service))
    .map((service) => ({ service, ways: waysTo(mesh, service, {}).filter(isSayable) }));
}

/** Conditions and callers are beyond it, or left to each implementation. */
export function isSayable({ match }: Pick<Way, 'match'>): boolean {
  return isKnownMethod(match.method) && match.conditions === undefined && !match.caller;
}
