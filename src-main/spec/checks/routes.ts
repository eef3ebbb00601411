/** A route of the gateway that can never match is a mistake. */
import { routeCovers } from '../match-algebra.ts';
import type { Check } from './check.ts';

export const routes: Check = ({ mesh }) =>
  mesh.gateway.routes.flatMap((route, i) => {
    const before = mesh.gateway.routes.slice(0, i).findIndex((one) => routeCovers(one, route));
    if (before < 0) return [];
    return [
      {
        code: 'unreachable-route',
        severity: 'warning',
        message: `this route never matches: route ${before + 1} (${mesh.gateway.routes[before]?.path}) takes all its requests`,
        advice: 'put the longer path first',
        path: ['gateway', 'routes', i],
        at: 'key',
      },
    ];
  });
