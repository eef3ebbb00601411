/**
 * The HTTP routes that lead to a service in a VirtualService. The first match wins, so what is special
 * (a fault for some callers, an override) comes before the plain route.
 */
import type { Fault, Mesh, Service } from '../../../spec/mesh.ts';
import { goDuration } from '../manifest.ts';
import { serviceHost } from '../names.ts';
import { istioMatches } from './match.ts';
import type { IstioMatch } from './match.ts';

type HttpRoute = Record<string, unknown>;

/** Who the routes are for: callers within the mesh, or the gateway with a route of its own. */
export interface RouteScope {
  readonly caller: 'mesh' | 'gateway';
  /** What every match must have besides: the gateway route's path. */
  readonly path?: string;
}

export function httpRoutes(mesh: Mesh, service: Service, scope: RouteScope): HttpRoute[] {
  const overrides = mesh.traffic[service.name]?.overrides ?? [];
  const destinations: { matches: IstioMatch[]; route: unknown[] }[] = [
    ...overrides.map(({ match, version }) => ({
      matches: istioMatches(merge(match, scope)),
      route: [destination(mesh, service, version)],
    })),
    { matches: istioMatches(merge({}, scope)), route: splitDestinations(mesh, service) },
  ];
  const faults = mesh.faults.filter(
    (fault) => fault.enabled && fault.to === service.name && appliesTo(fault, scope),
  );
  return destinations.flatMap(({ matches, route }) => [
    ...faults.map((fault) => withFault(mesh, service, fault, scope, matches, route)),
    { ...matchPart(matches), route, ...policies(mesh, service) },
  ]);
}

function appliesTo({ from }: Fault, { caller }: RouteScope): boolean {
  return from === undefined || (from === 'gateway') === (caller === 'gateway');
}

function merge(match: Fault['match'], { path }: RouteScope): Fault['match'] {
  if (path === undefined || path === '/' || match.path !== undefined) return match;
  return { ...match, path };
}

function matchPart(matches: readonly IstioMatch[]): HttpRoute {
  return matches.length > 0 ? { match: matches } : {};
}

/** Both conditions must hold: each pair of the destination's and the fault's matches. */
function withFault(
  mesh: Mesh,
  service: Service,
  fault: Fault,
  scope: RouteScope,
  matches: readonly IstioMatch[],
  route: unknown[],
): HttpRoute {
  const fromCaller = fault.from !== undefined && scope.caller === 'mesh';
  const source = fromCaller ? { sourceLabels: { app: fault.from } } : {};
  const own = istioMatches(fault.match, source);
  const both =
    matches.length === 0
      ? own
      : own.length === 0
        ? [...matches]
        : matches.flatMap((one) => own.map((other) => ({ ...one, ...other })));
  return { ...matchPart(both), fault: faultPart(fault), route, ...policies(mesh, service) };
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

/** Weights are whole numbers in Istio, of any sum: per cent with two decimals become 10,000ths. */
function splitDestinations(mesh: Mesh, service: Service): HttpRoute[] {
  const split = mesh.traffic[service.name]?.split;
  const weights = service.versions.map(({ name, replicas }) =>
    split ? (split[name] ?? 0) : replicas,
  );
  const whole = weights.every(Number.isInteger) ? 1 : 100;
  if (service.versions.length === 1)
    return service.versions.map(({ name }) => destination(mesh, service, name));
  return service.versions.map(({ name }, i) => ({
    ...destination(mesh, service, name),
    weight: Math.round((weights[i] ?? 0) * whole),
  }));
}
