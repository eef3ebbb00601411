/** Routes: what leads to a service, with all its policies. */
import type { RouteConfig, RouteMatch } from '../../proxy/config.ts';
import type { GatewayTcpRoute, Service } from '../../spec/mesh.ts';
import { GATEWAY } from './input.ts';
import type { Caller, CompileInput } from './input.ts';
import { inboundAuthorization } from './policies/authorization.ts';
import { COMPILE_POLICY } from './policies/catalogue.ts';
import type { PolicySubject } from './policies/policy.ts';
import { inboundRateLimits } from './policies/rate-limit.ts';

/** The one route of an outbound listener. */
export function outboundRoute(input: CompileInput, caller: Caller, callee: Service): RouteConfig {
  return compileRoute(input, caller, callee, callee.name, {});
}

/** The gateway's routes, in the document's order. Routes to services that are gone are left out. */
export function gatewayRoutes(input: CompileInput): RouteConfig[] {
  const { mesh } = input;
  return mesh.gateway.routes.flatMap(({ name, host, path, service }) => {
    const callee = mesh.services.find((one) => one.name === service);
    if (!callee) return [];
    const match: RouteMatch = { pathPrefix: path, ...(host !== undefined && { host }) };
    return [compileRoute(input, GATEWAY, callee, name, match)];
  });
}

/** The routes of one listener for TCP; by the name that TLS asks for, where they have one. */
export function gatewayTcpRoutes(
  input: CompileInput,
  routes: readonly GatewayTcpRoute[],
): RouteConfig[] {
  return routes.flatMap(({ name, host, service }) => {
    const callee = input.mesh.services.find((one) => one.name === service);
    const match: RouteMatch = host === undefined ? {} : { host };
    return callee ? [compileRoute(input, GATEWAY, callee, name, match)] : [];
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

function compileRoute(
  { mesh, faultsSince }: CompileInput,
  caller: Caller,
  callee: Service,
  name: string,
  match: RouteMatch,
): RouteConfig {
  const traffic = mesh.traffic[callee.name];
  const subject: PolicySubject = { mesh, caller, callee, traffic, faultsSince };
  const empty: RouteConfig = { name, match, overrides: [], split: [], timeout: 0, faults: [] };
  return Object.values(COMPILE_POLICY).reduce((route, compile) => {
    const part = compile(subject);
    // Several kinds of policy are faults; each adds its own.
    return { ...route, ...part, faults: [...route.faults, ...(part.faults ?? [])] };
  }, empty);
}
