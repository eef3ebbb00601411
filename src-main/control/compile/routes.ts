/** Routes: what leads to a service, with all its policies. */
import type { RouteConfig, RouteMatch } from '../../proxy/config.ts';
import { gatewayMatch, intersectMatches } from '../../spec/match-algebra.ts';
import type { GatewayTcpRoute, RequestMatch, RoutePolicy, Service } from '../../spec/mesh.ts';
import { routeCaptures } from './captures.ts';
import { GATEWAY } from './input.ts';
import type { Caller, CompileInput } from './input.ts';
import { routeMatch } from './match.ts';
import { inboundAuthorization } from './policies/authorization.ts';
import { COMPILE_POLICY } from './policies/catalogue.ts';
import type { PolicySubject } from './policies/policy.ts';
import { inboundRateLimits } from './policies/rate-limit.ts';

const AT_GATEWAY: Caller = { service: GATEWAY, version: '' };

/** The routes of an outbound listener: the callee's own, and one for all other requests. */
export function outboundRoutes(
  input: CompileInput,
  caller: Caller,
  callee: Service,
): RouteConfig[] {
  return routesTo(input, { caller, callee, name: callee.name, within: {}, own: {} });
}

/** The gateway's routes, in the document's order. Routes to services that are gone are left out. */
export function gatewayRoutes(input: CompileInput): RouteConfig[] {
  const { gateway, services } = input.mesh;
  return gateway.routes.flatMap((route) => {
    const callee = services.find(({ name }) => name === route.service);
    if (!callee) return [];
    const { name, host, policy: own = {} } = route;
    const way = { caller: AT_GATEWAY, callee, name, within: gatewayMatch(route), own };
    const routes = routesTo(input, way);
    if (host === undefined) return routes;
    return routes.map((one) => ({ ...one, match: { ...one.match, host } }));
  });
}

/** The routes of one listener for TCP; by the name that TLS asks for, where they have one. */
export function gatewayTcpRoutes(
  input: CompileInput,
  routes: readonly GatewayTcpRoute[],
): RouteConfig[] {
  return routes.flatMap(({ name, host, service }) => {
    const callee = input.mesh.services.find((one) => one.name === service);
    if (!callee) return [];
    const match: RouteMatch = host === undefined ? {} : { host };
    const policy = input.mesh.traffic[service] ?? {};
    const about = { caller: AT_GATEWAY, callee, policy, names: [name], prefix: '/' };
    return [compileRoute(input, about, match)];
  });
}

/** The sidecar's own workload: whatever arrives, and may, goes there. */
export function inboundRoute(input: CompileInput, service: Service, cluster: string): RouteConfig {
  const split = [{ cluster, weight: 1 }];
  const empty = { name: 'inbound', match: {}, overrides: [], split, timeout: 0, faults: [] };
  return {
    ...empty,
    ...inboundAuthorization(input, service),
    ...inboundRateLimits(input, service),
  };
}

interface Way {
  readonly caller: Caller;
  readonly callee: Service;
  /** The route's, to which those of the callee's own routes are added. */
  readonly name: string;
  /** What every request on this way fits. */
  readonly within: RequestMatch;
  /** Wins over what the callee says. */
  readonly own: RoutePolicy;
}

function routesTo(input: CompileInput, way: Way): RouteConfig[] {
  const { caller, callee, within, own } = way;
  const { routes = [], ...service } = input.mesh.traffic[callee.name] ?? {};
  const prefix = (special: RoutePolicy, path?: string): string => {
    if (own.rewrite ?? own.redirect) return within.path ?? '/';
    return (special.rewrite ?? special.redirect) ? (path ?? '/') : '/';
  };
  const special = routes.flatMap((route) => {
    const both = intersectMatches(within, route.match);
    const match = both && routeMatch(both, caller);
    const policy = { ...service, ...route.policy, ...own };
    const names = [`${way.name}/${route.name}`, way.name, route.name];
    const about = { caller, callee, policy, names, prefix: prefix(route.policy, route.match.path) };
    return match ? [compileRoute(input, about, match)] : [];
  });
  const match = routeMatch(within, caller);
  const policy = { ...service, ...own };
  const about = { caller, callee, policy, names: [way.name], prefix: prefix({}) };
  return match ? [...special, compileRoute(input, about, match)] : special;
}

function compileRoute(
  input: CompileInput,
  about: Omit<PolicySubject, 'mesh' | 'faultsSince'>,
  match: RouteMatch,
): RouteConfig {
  const { mesh, faultsSince } = input;
  const subject: PolicySubject = { mesh, faultsSince, ...about };
  const name = about.names[0] ?? '';
  const captures = routeCaptures(input, about.caller, about.callee.name);
  const nothing = { overrides: [], split: [], timeout: 0, faults: [] };
  const empty: RouteConfig = { name, match, ...nothing, ...captures };
  return Object.values(COMPILE_POLICY).reduce((route, compile) => {
    const part = compile(subject);
    // Several kinds of policy are faults; each adds its own.
    return { ...route, ...part, faults: [...route.faults, ...(part.faults ?? [])] };
  }, empty);
}
