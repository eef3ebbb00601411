/**
 * What stands on a route, in the order in which it acts, for people to read: it stands in every hop.
 * See `README.md` beside this folder.
 */
import type { RouteConfig } from '../../config.ts';
import { faultKindAt } from './catalogue.ts';
import type { TryFilter } from './filter.ts';

/**
 * One for each: what it is, and its name behind a blank where it has one (`delay slow-payments`);
 * separated by commas. Neither kinds nor names have commas or blanks.
 * @param requestFilters the kinds of those that act once, before a version is chosen
 */
export function filterChain(
  { retry, timeout, rateLimits = [] }: RouteConfig,
  requestFilters: readonly string[],
  tryFilters: readonly TryFilter[],
  rewrites: boolean,
): string {
  const before = requestFilters.filter((kind) => kind !== 'responseHeaders');
  return [
    ...before.flatMap((kind) =>
      kind === 'rateLimits' ? rateLimits.map(({ name }) => `${kind} ${name}`) : kind,
    ),
    ...(timeout > 0 ? ['timeout'] : []),
    ...((retry?.attempts ?? 0) > 0 ? ['retry'] : []),
    ...tryFilters.map(({ rank, name }) => `${faultKindAt(rank)} ${name}`),
    ...(rewrites ? ['rewrite'] : []),
    ...(before.length < requestFilters.length ? ['responseHeaders'] : []),
  ].join(',');
}
