/** Where requests to a service go, by what they look like: its overrides, then its split. */
import { intersectMatches, matchCovers } from '../../spec/match-algebra.ts';
import type { Mesh, RequestMatch, Service } from '../../spec/mesh.ts';

export interface Way {
  readonly match: RequestMatch;
  readonly service: Service;
  /** Undefined: the split decides. */
  readonly version: string | undefined;
}

/** In order, the first match wins; those that nothing reaches are left out. */
export function waysTo(mesh: Mesh, service: Service, within: RequestMatch): Way[] {
  const overrides = mesh.traffic[service.name]?.overrides ?? [];
  return reachable([
    ...overrides.flatMap(({ match, version }): Way[] => {
      const both = intersectMatches(within, match);
      return both ? [{ match: both, service, version }] : [];
    }),
    { match: within, service, version: undefined },
  ]);
}

/** Without what stands behind something that takes all its requests. */
export function reachable<T extends { readonly match: RequestMatch }>(ordered: readonly T[]): T[] {
  return ordered.filter(
    ({ match }, i) => !ordered.slice(0, i).some((before) => matchCovers(before.match, match)),
  );
}
