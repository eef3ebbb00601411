/** A route as it runs: its matches compiled, its split and filters with their running state. */
import { createAuthorizer } from '../authorization/authorizer.ts';
import type { Authorizer } from '../authorization/authorizer.ts';
import { createCaptureRules } from '../capture/capture-rule.ts';
import type { CaptureRule } from '../capture/capture-rule.ts';
import type { RouteConfig } from '../config.ts';
import { filterChain } from '../filters/http/chain.ts';
import { createFaultFilters } from '../filters/http/catalogue.ts';
import type { KnownFilters } from '../filters/http/catalogue.ts';
import type { FilterPlace } from '../filters/http/fault-filter.ts';
import type { TryFilter } from '../filters/http/filter.ts';
import { createRequestFilters } from '../filters/http/request-catalogue.ts';
import type { RequestFilter } from '../filters/http/request-filter.ts';
import { createRewrite } from '../filters/http/rewrite.ts';
import type { HeadRewrite } from '../filters/http/rewrite.ts';
import { Mirror } from '../mirror/mirror.ts';
import { createRateLimits } from '../rate-limit/rate-limit.ts';
import type { KnownLimits } from '../rate-limit/rate-limit.ts';
import { compileMatch } from './match.ts';
import type { Matcher, RequestView } from './match.ts';
import { WeightedSplit } from './split.ts';
import { compileTryPolicy } from './try-policy.ts';
import type { TryPolicy } from './try-policy.ts';

export interface Route {
  readonly config: RouteConfig;
  readonly matches: Matcher;
  readonly tryPolicy: TryPolicy;
  /** Act once, before a version is chosen; in the order in which they act. */
  readonly requestFilters: readonly RequestFilter[];
  /** The head as the service gets it; undefined: as it came. */
  readonly rewrite: HeadRewrite | undefined;
  /** Of connections that have no messages; requests have a filter for it. */
  readonly authorizer: Authorizer | undefined;
  /** Acts on every try, behind the caller's retries and timeouts. */
  readonly tryFilters: readonly TryFilter[];
  /** One of them asks which instance a try is for. */
  readonly needsInstance: boolean;
  /** All of them in their order, as hops tell it: see `filterChain`. */
  readonly chain: string;
  /** The same filters, to be known again when another configuration comes. */
  readonly faultFilters: KnownFilters;
  /** To go on with the tokens that they have when another configuration comes. */
  readonly rateLimits: KnownLimits;
  /** Absent: nothing is captured. */
  readonly captures: readonly CaptureRule[] | undefined;
  readonly split: WeightedSplit<string>;
  /** Undefined: nothing is sent a second time. */
  readonly mirror: Mirror | undefined;
  /** The cluster's name for this request; overrides first, then the split. */
  chooseCluster(request: RequestView): string;
}

/** What all routes of a proxy have in common. */
export type RoutePlace = Omit<FilterPlace, 'route'>;

/** Compiles a listener's routes, taking over what runs on unchanged from the routes before. */
export function compileRoutes(
  configs: readonly RouteConfig[],
  before: readonly Route[],
  place: RoutePlace,
): Route[] {
  const known = new Map(before.map((route) => [route.config.name, route]));
  return configs.map((config) => compileRoute(config, known.get(config.name), place));
}

function compileRoute(config: RouteConfig, before: Route | undefined, place: RoutePlace): Route {
  // The split's, the mirror's and the faults' counters survive a push that is about something else, so that their
  // shares stay exact while endpoints come and go.
  if (before && sameText(before.config, config)) return before;
  const sameMirror = before && sameText(before.config.mirror, config.mirror);
  const sameSplit = before && sameText(before.config.split, config.split);
  const overrides = config.overrides.map(({ match, cluster }) => ({
    matches: compileMatch(match),
    cluster,
  }));
  const split = sameSplit
    ? before.split
    : new WeightedSplit(config.split.map(({ cluster, weight }) => ({ target: cluster, weight })));
  const rateLimits = createRateLimits(config.rateLimits ?? [], before?.rateLimits);
  const route = config.name;
  const faultFilters = createFaultFilters(config.faults, { ...place, route }, before?.faultFilters);
  const tryFilters = [...faultFilters.values()];
  const requestFilters = createRequestFilters(config, [...rateLimits.values()]);
  const rewrite = createRewrite(config);
  return {
    config,
    split,
    mirror: sameMirror ? before.mirror : config.mirror && new Mirror(config.mirror, place.chance),
    matches: compileMatch(config.match),
    tryPolicy: compileTryPolicy(config),
    requestFilters: [...requestFilters.values()],
    rewrite,
    chain: filterChain(config, [...requestFilters.keys()], tryFilters, rewrite !== undefined),
    rateLimits,
    authorizer: config.authorization && createAuthorizer(config.authorization),
    tryFilters,
    needsInstance: tryFilters.some((filter) => filter.needsInstance),
    faultFilters,
    captures:
      config.captures && createCaptureRules(config.captures, before?.captures ?? [], place.clock),
    chooseCluster(request) {
      for (const override of overrides) if (override.matches(request)) return override.cluster;
      return split.next();
    },
  };
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
