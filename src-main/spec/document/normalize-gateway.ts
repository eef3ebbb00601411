/** The gateway's part of a document, with every default filled in. */
import type { GatewayRoute, GatewayTcpRoute, Mesh } from '../mesh.ts';
import type { MeshDocument } from '../schema/document.ts';

export const DEFAULT_GATEWAY_PORT = 8080;

type GatewayInput = NonNullable<MeshDocument['gateway']>;
type RouteInput = NonNullable<GatewayInput['routes']>[number];
type TcpRouteInput = NonNullable<GatewayInput['tcp']>[number];

export function normalizeGateway(input: MeshDocument['gateway']): Mesh['gateway'] {
  const { port = DEFAULT_GATEWAY_PORT, routes = [], tcp } = input ?? {};
  return { port, routes: normalizeRoutes(routes), ...(tcp && { tcp: normalizeTcpRoutes(tcp) }) };
}

function normalizeRoutes(routes: readonly RouteInput[]): GatewayRoute[] {
  const nameOf = nameRoutes();
  return routes.map((route) => {
    const { host, path = '/', service } = route;
    return { name: nameOf(route), path, service, ...(host !== undefined && { host }) };
  });
}

function normalizeTcpRoutes(routes: readonly TcpRouteInput[]): GatewayTcpRoute[] {
  const nameOf = nameRoutes();
  return routes.map((route) => {
    const { port, host, service } = route;
    return { name: nameOf(route), port, service, ...(host !== undefined && { host }) };
  });
}

/** A route without a name has its service's, the second one to it with a number. */
function nameRoutes(): (route: { service: string; name?: string | undefined }) => string {
  const seen = new Map<string, number>();
  return ({ service, name }) => {
    const count = (seen.get(service) ?? 0) + 1;
    seen.set(service, count);
    return name ?? (count === 1 ? service : `${service}-${count}`);
  };
}
