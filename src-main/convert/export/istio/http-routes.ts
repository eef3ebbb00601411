/**
 * The HTTP routes that lead to a service in a VirtualService. The first match wins, so what is special
 * (a fault for some requests, an override) comes before the plain route.
 */
import { intersectMatches, matchCovers } from '../../../spec/match-algebra.ts';
import type { Mesh, RequestMatch, RoutePolicy, Service } from '../../../spec/mesh.ts';
import { mirrorTarget } from '../../../spec/policies/mirror.ts';
import { goDuration } from '../manifest.ts';
import { serviceHost } from '../names.ts';
import { splitWeights } from '../split-weights.ts';
import { waysTo } from '../ways.ts';
import type { Way } from '../ways.ts';
import { actingFaults, faultRegions } from './fault-regions.ts';
import type { FaultRegion, FaultScope } from './fault-regions.ts';
import { headParts, ownAnswer } from './actions.ts';
import { retriedElsewhere } from './locality.ts';
import { istioMatches } from './match.ts';

type HttpRoute = Record<string, unknown>;

interface Draft {
  readonly match: RequestMatch;
  readonly way: Way;
  readonly region?: FaultRegion;
}

/** What brings requests to a service: the callers within the mesh, or a route of the gateway. */
export interface Lead {
  readonly mesh: Mesh;
  readonly service: Service;
  readonly scope: FaultScope;
  /** What every request fits, such as the path of the gateway's route. */
  readonly within: RequestMatch;
  /** What the way that leads here says by itself. */
  readonly own?: RoutePolicy;
}

/** The routes that lead to the service, in order. */
export function httpRoutes(lead: Lead): HttpRoute[] {
  return draftsOf(lead).flatMap((draft) => {
    const route = httpRoute(lead.mesh, draft);
    return route ? [retriedElsewhere(lead, route)] : [];
  });
}

/** Whether there is something that a VirtualService has no words for; it is left out. */
export function hasUnsayable(lead: Lead): boolean {
  return draftsOf(lead).some(({ match }) => istioMatches(match) === undefined);
}

function draftsOf({ mesh, service, scope, within, own }: Lead): Draft[] {
  const regions = faultRegions(actingFaults(mesh, service, scope));
  const drafts = waysTo(mesh, service, within, own).flatMap((way): Draft[] => {
    return [
      ...regions.flatMap((region) => {
        const asked = withCaller(region);
        const match = asked && intersectMatches(way.match, asked);
        return match ? [{ match, way, region }] : [];
      }),
      { match: way.match, way },
    ];
  });
  return drafts
    .filter(
      ({ match: { caller } }) =>
        !caller || (caller.service === 'gateway') === (scope === 'gateway'),
    )
    .filter(
      (draft, i, all) => !all.slice(0, i).some(({ match }) => matchCovers(match, draft.match)),
    );
}

function withCaller({ match, from }: FaultRegion): RequestMatch | undefined {
  return from === undefined ? match : intersectMatches(match, { caller: { service: from } });
}

/** Undefined where Istio has no words for the match. */
function httpRoute(mesh: Mesh, { match, way, region }: Draft): HttpRoute | undefined {
  const matches = istioMatches(match);
  if (!matches) return undefined;
  const fault = region && faultPart(region);
  const asked = matches.length > 0 && { match: matches };
  const answer = ownAnswer(way.policy);
  if (answer) return { ...asked, ...answer };
  return {
    ...asked,
    ...(fault && Object.keys(fault).length > 0 && { fault }),
    route: destinations(mesh, way),
    ...mirrorPart(mesh, way),
    ...headParts(way),
    ...policies(way.policy),
  };
}

/** Named by the caller's side, as `destinations` are. */
function mirrorPart(mesh: Mesh, { service: callee, policy }: Way): HttpRoute {
  const target = mirrorTarget(mesh, callee, policy);
  if (!target || !policy.mirror) return {};
  const { service } = target;
  const { version, percentage } = policy.mirror;
  const isSubset = version !== undefined && service.versions.length > 1;
  const host = serviceHost(mesh, service.name);
  return {
    mirror: { host, ...(isSubset && { subset: version }) },
    ...(percentage < 100 && { mirrorPercentage: { value: percentage } }),
  };
}

function faultPart({ delay, abort }: FaultRegion): HttpRoute {
  return {
    ...(delay &&
      delay.duration > 0 && {
        delay: { fixedDelay: goDuration(delay.duration), percentage: { value: delay.percentage } },
      }),
    ...(abort && { abort: { httpStatus: abort.status, percentage: { value: abort.percentage } } }),
  };
}

function policies({ timeout = 0, retry }: RoutePolicy): HttpRoute {
  return {
    ...(timeout > 0 && { timeout: goDuration(timeout) }),
    // Istio retries twice where nothing is said; here nothing is retried then.
    retries: (retry && retries(retry)) ?? { attempts: 0 },
  };
}

type Retry = NonNullable<RoutePolicy['retry']>;

/** Undefined where Istio has nothing to retry for. */
function retries(retry: Retry): HttpRoute | undefined {
  const { attempts, perTryTimeout = 0, on, statusCodes = [], backOff } = retry;
  // Istio takes statuses among the words; of headers it knows nothing.
  const words = [...on.filter((word) => word !== 'retriable-headers'), ...statusCodes];
  if (attempts === 0 || words.length === 0) return undefined;
  return {
    attempts,
    ...(perTryTimeout > 0 && { perTryTimeout: goDuration(perTryTimeout) }),
    retryOn: words.join(','),
    ...(backOff && backOff.base >= 1 && { backoff: goDuration(backOff.base) }),
    ...(retry.ignorePreviousHosts === false && { retryIgnorePreviousHosts: false }),
  };
}

export function destinations(
  mesh: Mesh,
  { service, version, policy }: Pick<Way, 'service' | 'version' | 'policy'>,
): HttpRoute[] {
  const host = serviceHost(mesh, service.name);
  if (version !== undefined && service.versions.length > 1) {
    return [{ destination: { host, subset: version } }];
  }
  const weights = version === undefined ? splitWeights(policy, service) : undefined;
  if (!weights) return [{ destination: { host } }];
  return weights.map((one) => ({
    destination: { host, subset: one.version },
    weight: one.weight,
  }));
}
