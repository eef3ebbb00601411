/** What matches have in common, and when one takes all that another would. Pure. */
import { isWithin, withConditions, withoutSlash } from './match-conditions.ts';
import type { GatewayRoute, RequestMatch } from './mesh.ts';

export { withoutSlash } from './match-conditions.ts';

/** A match that fits exactly what both fit; undefined where no request can fit both. */
export function intersectMatches(one: RequestMatch, other: RequestMatch): RequestMatch | undefined {
  const path = narrower(one.path, other.path);
  const method = one.method ?? other.method;
  const headers = { ...one.headers, ...other.headers };
  const caller = narrowerCaller(one.caller, other.caller);
  const contradicts =
    path === null ||
    caller === null ||
    (one.method !== undefined && other.method !== undefined && one.method !== other.method) ||
    Object.entries(one.headers ?? {}).some(([name, value]) => headers[name] !== value);
  if (contradicts) return undefined;
  return withConditions(
    {
      ...(path !== undefined && { path }),
      ...(method !== undefined && { method }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(caller !== undefined && { caller }),
    },
    [...(one.conditions ?? []), ...(other.conditions ?? [])],
  );
}

/** Everything that fits `other` fits `one` as well. */
export function matchCovers(one: RequestMatch, other: RequestMatch): boolean {
  const both = intersectMatches(one, other);
  return both !== undefined && matchKey(both) === matchKey(other);
}

/** The same text for matches that fit the same requests, however they are written. */
export function matchKey(match: RequestMatch): string {
  const { path = '/', method = '', headers = {}, conditions = [], caller } = match;
  const sorted = Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const others = conditions.map((one) => JSON.stringify(one)).toSorted();
  const { service = '', version = '' } = caller ?? {};
  return JSON.stringify([withoutSlash(path), method, sorted, others, service, version]);
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

/** Everything that fits `other` fits `one` as well: behind `one`, `other` never matches. */
export function routeCovers(one: GatewayRoute, other: GatewayRoute): boolean {
  if (one.host !== undefined && one.host.toLowerCase() !== other.host?.toLowerCase()) return false;
  return matchCovers(gatewayMatch(one), gatewayMatch(other));
}

/** All that a route of the gateway asks for, but for the host. */
export function gatewayMatch({ path, match }: GatewayRoute): RequestMatch {
  return { ...match, path };
}

/** The narrower of two callers; null where neither lies within the other. */
function narrowerCaller(
  one: RequestMatch['caller'],
  other: RequestMatch['caller'],
): RequestMatch['caller'] | null {
  if (!one || !other) return one ?? other;
  if (one.service !== other.service) return null;
  if (one.version === undefined || other.version === undefined) {
    return one.version === undefined ? other : one;
  }
  return one.version === other.version ? one : null;
}
