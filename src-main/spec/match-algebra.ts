/** What matches have in common, and when one takes all that another would. Pure. */
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

/** Everything that fits `other` fits `one` as well. */
export function matchCovers(one: RequestMatch, other: RequestMatch): boolean {
  const both = intersectMatches(one, other);
  return both !== undefined && matchKey(both) === matchKey(other);
}

/** The same text for matches that fit the same requests, however they are written. */
export function matchKey({ path = '/', method = '', headers = {} }: RequestMatch): string {
  const sorted = Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([withoutSlash(path), method, sorted]);
}

/**
 * The given things and all that several of them have in common, each once. Undefined where that would
 * be more than `most`: the number may double with each one.
 */
export function closeUnder<T>(
  given: readonly T[],
  intersect: (one: T, other: T) => T | undefined,
  keyOf: (one: T) => string,
  most: number,
): T[] | undefined {
  const found = new Map<string, T>();
  for (const one of given) {
    const common = [...found.values()].flatMap((other) => intersect(other, one) ?? []);
    for (const each of [one, ...common]) found.set(keyOf(each), found.get(keyOf(each)) ?? each);
    if (found.size > most) return undefined;
  }
  return [...found.values()];
}

/** The longer of two prefixes, where it lies within the other; null where neither does. */
function narrower(one: string | undefined, other: string | undefined): string | undefined | null {
  if (one === undefined || other === undefined) return one ?? other;
  if (isWithin(one, other)) return one;
  return isWithin(other, one) ? other : null;
}

/** Whether every path below `path` lies below `prefix`, by segment. */
function isWithin(path: string, prefix: string): boolean {
  return `${withoutSlash(path)}/`.startsWith(`${withoutSlash(prefix)}/`);
}

/** A slash at the end of a prefix says nothing. */
export function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}

/** Everything that fits `other` fits `one` as well: behind `one`, `other` never matches. */
export function routeCovers(one: GatewayRoute, other: GatewayRoute): boolean {
  if (one.host !== undefined && one.host.toLowerCase() !== other.host?.toLowerCase()) return false;
  return isWithin(other.path, one.path);
}
