/** HTTPRoutes: at the gateway, and (GAMMA) within the mesh with a Service as parent. */
import type { Mesh, RequestMatch, RoutePolicy } from '../../../spec/mesh.ts';
import { mirrorTarget } from '../../../spec/policies/mirror.ts';
import { goDuration } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { SERVICE_PORT, uniqueNames, versionService } from '../names.ts';
import { splitWeights } from '../split-weights.ts';
import type { Way } from '../ways.ts';
import { rulesBySpecificity } from './rules.ts';
import { gatewayWays, serviceWays } from './sayable-ways.ts';

type Rule = Record<string, unknown>;

/** What HTTPRoute's schema allows in one object. */
const MOST_RULES = 16;

/** At the gateway one for each host, within the mesh one for each service with something to say. */
export function httpRoutes(mesh: Mesh): { gateway: Manifest[]; mesh: Manifest[] } {
  const nameFor = uniqueNames(mesh.services.map(({ name }) => name));
  return {
    gateway: gatewayWays(mesh).flatMap(({ host, ways }) => {
      const rest = {
        parentRefs: [{ name: `${mesh.name}-gateway` }],
        ...(host !== undefined && { hostnames: [host] }),
      };
      return inChunks(rulesFor(mesh, ways)).map((rules) =>
        httpRoute(mesh, nameFor(`${mesh.name}-gateway`), { ...rest, rules }),
      );
    }),
    mesh: serviceWays(mesh).flatMap(({ service, ways }) => {
      const parent = { group: '', kind: 'Service', name: service.name, port: SERVICE_PORT };
      return inChunks(rulesFor(mesh, ways)).map((rules, i) =>
        httpRoute(mesh, i === 0 ? service.name : nameFor(service.name), {
          parentRefs: [parent],
          rules,
        }),
      );
    }),
  };
}

function httpRoute(mesh: Mesh, name: string, spec: Rule): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: mesh.namespace },
    spec,
  };
}

/** Which of several objects a rule stands in makes no difference: the most special one wins. */
function inChunks(rules: readonly Rule[]): Rule[][] {
  return Array.from({ length: Math.ceil(rules.length / MOST_RULES) }, (_, i) =>
    rules.slice(i * MOST_RULES, (i + 1) * MOST_RULES),
  );
}

function rulesFor(mesh: Mesh, ways: readonly Way[]): Rule[] {
  return (rulesBySpecificity(ways) ?? ways).map((way) => ({
    matches: [routeMatch(way.match)],
    ...filters(mesh, way),
    ...policies(way.policy),
    backendRefs: backends(mesh, way),
  }));
}

function routeMatch({ path = '/', method, headers }: RequestMatch): Rule {
  return {
    path: { type: 'PathPrefix', value: path },
    ...(method !== undefined && { method }),
    ...(headers !== undefined && {
      headers: Object.entries(headers).map(([name, value]) => ({ type: 'Exact', name, value })),
    }),
  };
}

/** Mirroring is all that is said by a filter: it is no part of what the caller gets. */
function filters(mesh: Mesh, { service: callee, policy }: Way): Rule {
  const target = mirrorTarget(mesh, callee, policy);
  if (!target || !policy.mirror) return {};
  const { version, percentage } = policy.mirror;
  const { service } = target;
  const name = version === undefined ? service.name : versionService(mesh, service, version);
  const backendRef = { name, port: SERVICE_PORT };
  return {
    filters: [{ type: 'RequestMirror', requestMirror: { backendRef, ...mirrorShare(percentage) } }],
  };
}

/** Whole per cent, or hundredths of one. */
function mirrorShare(percentage: number): Rule {
  if (percentage === 100) return {};
  if (Number.isInteger(percentage)) return { percent: percentage };
  return { fraction: { numerator: Math.round(percentage * 100), denominator: 10_000 } };
}

function policies({ timeout = 0, retry }: RoutePolicy): Rule {
  const perTry = retry?.perTryTimeout ?? 0;
  const timeouts = {
    ...(timeout > 0 && { request: goDuration(timeout) }),
    // Gateway API refuses one that is longer than the whole; it would never act.
    ...(perTry > 0 &&
      (timeout === 0 || perTry <= timeout) && { backendRequest: goDuration(perTry) }),
  };
  const codes = retryCodes(retry?.on ?? [], retry?.statusCodes);
  return {
    ...(Object.keys(timeouts).length > 0 && { timeouts }),
    ...(retry &&
      retry.attempts > 0 && {
        retry: { attempts: retry.attempts, ...(codes.length > 0 && { codes }) },
      }),
  };
}

/** Statuses are all that Gateway API knows; it names none of a class. */
function retryCodes(on: readonly string[], named: readonly number[] = []): number[] {
  const codes = [
    ...(on.includes('retriable-status-codes') ? named : []),
    ...(on.includes('retriable-4xx') ? [409] : []),
    ...(on.includes('5xx') ? [500, 501] : []),
    ...(on.includes('5xx') || on.includes('gateway-error') ? [502, 503, 504] : []),
  ];
  return [...new Set(codes)];
}

function backends(mesh: Mesh, { service, version, policy }: Way): Rule[] {
  const backend = (name: string): Rule => ({ name, port: SERVICE_PORT });
  if (version !== undefined) return [backend(versionService(mesh, service, version))];
  const weights = splitWeights(policy, service);
  if (!weights) return [backend(service.name)];
  return weights.map((one) => ({
    ...backend(versionService(mesh, service, one.version)),
    weight: one.weight,
  }));
}
