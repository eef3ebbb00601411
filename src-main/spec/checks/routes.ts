/** A route that can never match is a mistake: at the gateway, and of a service. */
import type { Finding } from '../document/finding.ts';
import { matchCovers, routeCovers } from '../match-algebra.ts';
import type { Mesh } from '../mesh.ts';
import type { Check } from './check.ts';

export const routes: Check = ({ mesh }) => [...gatewayRoutes(mesh), ...serviceRoutes(mesh)];

function gatewayRoutes({ gateway }: Mesh): Finding[] {
  return gateway.routes.flatMap((route, i) => {
    const before = gateway.routes.slice(0, i).findIndex((one) => routeCovers(one, route));
    if (before < 0) return [];
    const title = `route ${before + 1} (${gateway.routes[before]?.path})`;
    return [unreachable(title, 'put the longer path first', ['gateway', 'routes', i])];
  });
}

function serviceRoutes({ traffic }: Mesh): Finding[] {
  return Object.entries(traffic).flatMap(([service, { routes: given = [] }]) =>
    given.flatMap(({ match }, i) => {
      const before = given.slice(0, i).find((one) => matchCovers(one.match, match));
      if (!before) return [];
      const path = ['traffic', service, 'routes', i];
      return [unreachable(`route ${before.name}`, 'put the more special one first', path)];
    }),
  );
}

function unreachable(before: string, advice: string, path: Finding['path']): Finding {
  return {
    code: 'unreachable-route',
    severity: 'warning',
    message: `this route never matches: ${before} takes all its requests`,
    advice,
    path,
    at: 'key',
  };
}
