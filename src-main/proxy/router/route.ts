/** A route as it runs: its matches compiled, its split and filters with their running state. */
import type { Chance } from '../../base/chance.ts';
import type { RetryOn, RouteConfig } from '../config.ts';
import { createFaultFilters } from '../filters/http/catalogue.ts';
import type { TryFilter } from '../filters/http/filter.ts';
import { createRequestFilters } from '../filters/http/request-catalogue.ts';
import type { RequestFilter } from '../filters/http/request-filter.ts';
import { compileMatch } from './match.ts';
import type { Matcher, RequestView } from './match.ts';
import { WeightedSplit } from './split.ts';

export interface Route {
  readonly config: RouteConfig;
  readonly matches: Matcher;
  readonly retryOn: ReadonlySet<RetryOn>;
  /** Act once, before a version is chosen; in the order in which they act. */
  readonly requestFilters: readonly RequestFilter[];
  /** Acts on every try, behind the caller's retries and timeouts. */
  readonly tryFilters: readonly TryFilter[];
  readonly split: WeightedSplit<string>;
  /** The cluster's name for this request; overrides first, then the split. */
  chooseCluster(request: RequestView): string;
}

/** Compiles a listener's routes, taking over what runs on unchanged from the routes before. */
export function compileRoutes(
  configs: readonly RouteConfig[],
  before: readonly Route[],
  chance: Chance,
): Route[] {
  const known = new Map(before.map((route) => [route.config.name, route]));
  return configs.map((config) => compileRoute(config, known.get(config.name), chance));
}

function compileRoute(config: RouteConfig, before: Route | undefined, chance: Chance): Route {
  // The split's and the faults' counters survive a push that is about something else, so that their
  // shares stay exact while endpoints come and go.
  if (before && sameText(before.config, config)) return before;
  const sameSplit = before && sameText(before.config.split, config.split);
  const sameFaults = before && sameText(before.config.faults, config.faults);
  const overrides = config.overrides.map(({ match, cluster }) => ({
    matches: compileMatch(match),
    cluster,
  }));
  const split = sameSplit
    ? before.split
    : new WeightedSplit(config.split.map(({ cluster, weight }) => ({ target: cluster, weight })));
  return {
    config,
    split,
    matches: compileMatch(config.match),
    retryOn: new Set(config.retry?.on ?? []),
    requestFilters: createRequestFilters(config),
    tryFilters: sameFaults ? before.tryFilters : createFaultFilters(config.faults, chance),
    chooseCluster(request) {
      for (const override of overrides) if (override.matches(request)) return override.cluster;
      return split.next();
    },
  };
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** First match wins. */
export function findRoute(routes: readonly Route[], request: RequestView): Route | undefined {
  for (const route of routes) if (route.matches(request)) return route;
  return undefined;
}
