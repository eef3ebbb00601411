/** What two matches have in common, and when one takes all that another would. Pure. */
import type { GatewayRoute, RequestMatch } from './mesh.ts';

/** A match that fits exactly what both fit; undefined where no request can fit both. */
export function intersectMatches(one: RequestMatch, other: RequestMatch): RequestMatch | undefined {
  const path = narrower(one.path, other.path);
  const method = one.method ?? other.method;
  const headers = { ...one.headers, ...other.headers };
  const contradicts =
    path === null ||
    (one.method !== undefined && other.method !== undefined && one.method !== other.method) ||
    Object.entries(one.headers ?? {}).some(([name, value]) => headers[name] !== value);
  if (contradicts) return undefined;
  return {
    ...(path !== undefined && { path }),
    ...(method !== undefined && { method }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/** The longer of two prefixes, where it lies within the other; null where neither does. */
function narrower(one: string | undefined, other: string | undefined): string | undefined | null {
  if (one === undefined || other === undefined) return one ?? other;
  if (isWithin(one, other)) return one;
  return isWithin(other, one) ? other : null;
}

/** Whether every path below `path` lies below `prefix`, by segment. */
function isWithin(path: string, prefix: string): boolean {
  const plain = prefix.replace(/\/+$/, '');
  return path === plain || `${path}/`.startsWith(`${plain}/`);
}

/** Everything that fits `other` fits `one` as well: behind `one`, `other` never matches. */
export function routeCovers(one: GatewayRoute, other: GatewayRoute): boolean {
  if (one.host !== undefined && one.host.toLowerCase() !== other.host?.toLowerCase()) return false;
  return isWithin(other.path, one.path);
}
