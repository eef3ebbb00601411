/** The gateway's part of a document, with every default filled in. */
import { resolve } from 'node:path';
import type { GatewayRoute, GatewayTcpRoute, Mesh } from '../mesh.ts';
import type { MeshDocument } from '../schema/document.ts';
import { normalizeMatch } from './normalize-match.ts';
import { normalizePolicy } from './normalize-traffic.ts';

export const DEFAULT_GATEWAY_PORT = 8080;
const DEFAULT_TLS_PORT = 8443;

type GatewayInput = NonNullable<MeshDocument['gateway']>;
type RouteInput = NonNullable<GatewayInput['routes']>[number];
type TlsInput = NonNullable<GatewayInput['tls']>;
type TcpRouteInput = NonNullable<GatewayInput['tcp']>[number];

export function normalizeGateway(input: MeshDocument['gateway'], folder: string): Mesh['gateway'] {
  const { port = DEFAULT_GATEWAY_PORT, locality, routes = [], tcp, tls } = input ?? {};
  return {
    port,
    routes: normalizeRoutes(routes),
    ...(tcp && { tcp: normalizeTcpRoutes(tcp) }),
    ...(tls && { tls: normalizeTls(tls, folder) }),
    ...(locality !== undefined && { locality }),
  };
}

/** One of the two files without the other is another check's finding. */
function normalizeTls(
  { port = DEFAULT_TLS_PORT, certificate, key }: TlsInput,
  folder: string,
): NonNullable<Mesh['gateway']['tls']> {
  if (certificate === undefined || key === undefined) return { port };
  return {
    port,
    files: { certificate: resolve(folder, certificate), key: resolve(folder, key) },
  };
}

function normalizeRoutes(routes: readonly RouteInput[]): GatewayRoute[] {
  const nameOf = nameRoutes();
  return routes.map((route) => {
    const { name: _name, host, service, path, method, headers, query, cookies, ...rest } = route;
    const asked = { path, method, headers, query, cookies };
    const { path: prefix = '/', ...match } = normalizeMatch(asked);
    const policy = normalizePolicy(rest);
    return {
      name: nameOf(route),
      path: prefix,
      service,
      ...(host !== undefined && { host }),
      ...(Object.keys(match).length > 0 && { match }),
      ...(Object.keys(policy).length > 0 && { policy }),
    };
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
