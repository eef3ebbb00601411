/**
 * The HTTP routes that lead to a service in a VirtualService. The first match wins, so what is special
 * (a fault for some requests, an override) comes before the plain route.
 */
import { intersectMatches } from '../../../spec/match-algebra.ts';
import type { Fault, Mesh, RequestMatch, Service } from '../../../spec/mesh.ts';
import { goDuration } from '../manifest.ts';
import { serviceHost } from '../names.ts';
import { splitWeights } from '../split-weights.ts';
import { istioMatches } from './match.ts';

type HttpRoute = Record<string, unknown>;

/** Who the routes are for: callers within the mesh, or the gateway with a route of its own. */
export interface RouteScope {
  readonly caller: 'mesh' | 'gateway';
  /** What every request of the scope fits: the path of the gateway's route. */
  readonly match: RequestMatch;
}

interface Way {
  readonly match: RequestMatch;
  readonly route: unknown[];
}

export function httpRoutes(mesh: Mesh, service: Service, scope: RouteScope): HttpRoute[] {
  const faults = mesh.faults.filter((fault) => acts(fault, service, scope));
  return waysTo(mesh, service, scope).flatMap((way) => [
    ...faults.flatMap((fault) => withFault(mesh, service, fault, scope, way)),
    { ...matchPart(way.match, {}), route: way.route, ...policies(mesh, service) },
  ]);
}

function acts(fault: Fault, service: Service, { caller }: RouteScope): boolean {
  if (!fault.enabled || fault.to !== service.name) return false;
  return fault.from === undefined || (fault.from === 'gateway') === (caller === 'gateway');
}

/** The overrides, each with its version, then the split. */
function waysTo(mesh: Mesh, service: Service, { match }: RouteScope): Way[] {
  const overrides = mesh.traffic[service.name]?.overrides ?? [];
  return [
    ...overrides.flatMap((override): Way[] => {
      const both = intersectMatches(match, override.match);
      return both ? [{ match: both, route: [destination(mesh, service, override.version)] }] : [];
    }),
    { match, route: splitDestinations(mesh, service) },
  ];
}

function withFault(
  mesh: Mesh,
  service: Service,
  fault: Fault,
  { caller }: RouteScope,
  way: Way,
): HttpRoute[] {
  const both = intersectMatches(way.match, fault.match);
  if (!both) return [];
  const fromCaller = fault.from !== undefined && caller === 'mesh';
  const source = fromCaller ? { sourceLabels: { app: fault.from } } : {};
  return [
    {
      ...matchPart(both, source),
      fault: faultPart(fault),
      route: way.route,
      ...policies(mesh, service),
    },
  ];
}

function matchPart(match: RequestMatch, extra: HttpRoute): HttpRoute {
  const matches = istioMatches(match, extra);
  return matches.length > 0 ? { match: matches } : {};
}

function faultPart({ delay, abort }: Fault): HttpRoute {
  return {
    ...(delay && {
      delay: { fixedDelay: goDuration(delay.duration), percentage: { value: delay.percentage } },
    }),
    ...(abort && { abort: { httpStatus: abort.status, percentage: { value: abort.percentage } } }),
  };
}

function policies(mesh: Mesh, service: Service): HttpRoute {
  const { timeout, retry } = mesh.traffic[service.name] ?? {};
  return {
    ...(timeout !== undefined && { timeout: goDuration(timeout) }),
    // Istio retries twice where nothing is said; here nothing is retried then.
    retries: retry
      ? {
          attempts: retry.attempts,
          ...(retry.perTryTimeout !== undefined && {
            perTryTimeout: goDuration(retry.perTryTimeout),
          }),
          retryOn: retry.on.join(','),
        }
      : { attempts: 0 },
  };
}

function destination(mesh: Mesh, service: Service, subset: string): HttpRoute {
  return { destination: { host: serviceHost(mesh, service.name), subset } };
}

function splitDestinations(mesh: Mesh, service: Service): HttpRoute[] {
  return splitWeights(mesh, service).map(({ version, weight }) => ({
    ...destination(mesh, service, version),
    ...(weight !== undefined && { weight }),
  }));
}
