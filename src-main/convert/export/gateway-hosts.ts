/** The gateway's routes by host, as systems have them that choose the host before the path. */
import { routeCovers } from '../../spec/match-algebra.ts';
import type { GatewayRoute, Mesh } from '../../spec/mesh.ts';

export interface HostRoutes {
  /** Undefined: any host that no other entry names. */
  readonly host: string | undefined;
  readonly routes: readonly GatewayRoute[];
}

/**
 * Here the first match wins, whatever it matches by; there the most special host wins first. So each
 * host gets the routes for any host as well, in the document's order, and none that can never match.
 */
export function routesByHost({ gateway: { routes } }: Mesh): HostRoutes[] {
  const hosts = [...new Set(routes.map(({ host }) => host?.toLowerCase()))];
  return hosts.map((host) => {
    const own = routes
      .filter((route) => route.host === undefined || route.host.toLowerCase() === host)
      // Within its host, a route for any host is a route for this one.
      .map((route) => (host === undefined ? route : { ...route, host }));
    return {
      host,
      routes: own.filter(
        (route, i) => !own.slice(0, i).some((before) => routeCovers(before, route)),
      ),
    };
  });
}
