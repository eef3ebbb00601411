/**
 * The HTTP routes that lead to a service in a VirtualService. The first match wins, so what is special
 * (a fault for some requests, an override) comes before the plain route.
 */
import { intersectMatches, matchCovers } from '../../../spec/match-algebra.ts';
import type { Mesh, RequestMatch, Service } from '../../../spec/mesh.ts';
import { goDuration } from '../manifest.ts';
import { serviceHost } from '../names.ts';
import { splitWeights } from '../split-weights.ts';
import { waysTo } from '../ways.ts';
import type { Way } from '../ways.ts';
import { actingFaults, faultRegions } from './fault-regions.ts';
import type { FaultRegion, FaultScope } from './fault-regions.ts';
import { istioMatches } from './match.ts';

type HttpRoute = Record<string, unknown>;

interface Draft {
  readonly match: RequestMatch;
  readonly way: Way;
  readonly region?: FaultRegion;
}

/** `within`: what every request fits, such as the path of the gateway's route. */
export function httpRoutes(
  mesh: Mesh,
  service: Service,
  scope: FaultScope,
  within: RequestMatch,
): HttpRoute[] {
  const regions = faultRegions(actingFaults(mesh, service, scope));
  const drafts = waysTo(mesh, service, within).flatMap((way): Draft[] => [
    ...regions.flatMap((region) => {
      const match = intersectMatches(way.match, region.match);
      return match ? [{ match, way, region }] : [];
    }),
    { match: way.match, way },
  ]);
  return drafts
    .filter((draft, i) => !drafts.slice(0, i).some((before) => hides(before, draft)))
    .map((draft) => httpRoute(mesh, draft));
}

function hides(before: Draft, { match, region }: Draft): boolean {
  const isForCaller = before.region?.from === undefined || before.region.from === region?.from;
  return isForCaller && matchCovers(before.match, match);
}

function httpRoute(mesh: Mesh, { match, way, region }: Draft): HttpRoute {
  const source = region?.from === undefined ? {} : { sourceLabels: { app: region.from } };
  const matches = istioMatches(match, source);
  const fault = region && faultPart(region);
  return {
    ...(matches.length > 0 && { match: matches }),
    ...(fault && Object.keys(fault).length > 0 && { fault }),
    route: destinations(mesh, way),
    ...policies(mesh, way.service),
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

function policies(mesh: Mesh, service: Service): HttpRoute {
  const { timeout = 0, retry } = mesh.traffic[service.name] ?? {};
  return {
    ...(timeout > 0 && { timeout: goDuration(timeout) }),
    // Istio retries twice where nothing is said; here nothing is retried then.
    retries: retry && retry.attempts > 0 ? retries(retry) : { attempts: 0 },
  };
}

type Retry = NonNullable<Mesh['traffic'][string]['retry']>;

function retries({ attempts, perTryTimeout = 0, on }: Retry): HttpRoute {
  return {
    attempts,
    ...(perTryTimeout > 0 && { perTryTimeout: goDuration(perTryTimeout) }),
    retryOn: on.join(','),
  };
}

export function destinations(mesh: Mesh, { service, version }: Way): HttpRoute[] {
  const host = serviceHost(mesh, service.name);
  if (version !== undefined && service.versions.length > 1) {
    return [{ destination: { host, subset: version } }];
  }
  const weights = version === undefined ? splitWeights(mesh, service) : undefined;
  if (!weights) return [{ destination: { host } }];
  return weights.map((one) => ({
    destination: { host, subset: one.version },
    weight: one.weight,
  }));
}
