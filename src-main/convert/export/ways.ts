/**
 * Where requests to a service go and by which rules, by what they look like: its routes, and within
 * each the overrides, then the split.
 */
import { intersectMatches, matchCovers } from '../../spec/match-algebra.ts';
import type { Mesh, RequestMatch, RoutePolicy, Service, TrafficRoute } from '../../spec/mesh.ts';

export interface Way {
  readonly match: RequestMatch;
  readonly service: Service;
  /** The route's, with the service's where it says nothing. */
  readonly policy: RoutePolicy;
  /** The prefix that a rewrite replaces: of the place that says so. */
  readonly prefix: string;
  /** Undefined: the split decides. */
  readonly version: string | undefined;
}

/**
 * In order, the first match wins; those that nothing reaches are left out. `own`: what the way that
 * leads here (a route of the gateway) says by itself; it wins.
 */
export function waysTo(
  mesh: Mesh,
  service: Service,
  within: RequestMatch,
  own: RoutePolicy = {},
): Way[] {
  const { routes = [], ...usual } = mesh.traffic[service.name] ?? {};
  const others: Pick<TrafficRoute, 'match' | 'policy'> = { match: {}, policy: {} };
  const all = [...routes, others];
  return reachable(
    all.flatMap(({ match, policy: special }) => {
      const both = intersectMatches(within, match);
      const policy = { ...usual, ...special, ...own };
      const { path: prefix = '/' } = own.rewrite ? within : special.rewrite ? match : others.match;
      return both ? waysOf({ match: both, service, policy, prefix, version: undefined }) : [];
    }),
  );
}

function waysOf(way: Way): Way[] {
  const overrides = way.policy.overrides ?? [];
  return [
    ...overrides.flatMap(({ match: special, version }): Way[] => {
      const match = intersectMatches(way.match, special);
      return match ? [{ ...way, match, version }] : [];
    }),
    way,
  ];
}

/** Without what stands behind something that takes all its requests. */
export function reachable<T extends { readonly match: RequestMatch }>(ordered: readonly T[]): T[] {
  return ordered.filter(
    ({ match }, i) => !ordered.slice(0, i).some((before) => matchCovers(before.match, match)),
  );
}
