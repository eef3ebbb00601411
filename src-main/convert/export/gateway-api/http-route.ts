/** HTTPRoutes: at the gateway, and (GAMMA) within the mesh with a Service as parent. */
import { intersectMatches } from '../../../spec/match-algebra.ts';
import type { Mesh, RequestMatch, Service } from '../../../spec/mesh.ts';
import { routesByHost } from '../gateway-hosts.ts';
import { goDuration } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { SERVICE_PORT, versionService } from '../names.ts';
import { splitWeights } from '../split-weights.ts';

type Rule = Record<string, unknown>;

const API_VERSION = 'gateway.networking.k8s.io/v1';

/** One for each service that has a policy or versions. */
export function meshHttpRoutes(mesh: Mesh): Manifest[] {
  return mesh.services
    .filter(({ name, versions }) => mesh.traffic[name] || versions.length > 1)
    .map((service) => ({
      apiVersion: API_VERSION,
      kind: 'HTTPRoute',
      metadata: { name: service.name, namespace: mesh.namespace },
      spec: {
        parentRefs: [{ group: '', kind: 'Service', name: service.name, port: SERVICE_PORT }],
        rules: rulesTo(mesh, service, '/'),
      },
    }));
}

/** One for each host, since the host stands on the route and not on the rule. */
export function gatewayHttpRoutes(mesh: Mesh): Manifest[] {
  return routesByHost(mesh).map(({ host, routes }, i) => ({
    apiVersion: API_VERSION,
    kind: 'HTTPRoute',
    metadata: {
      name: `${mesh.name}-gateway${i === 0 ? '' : `-${i + 1}`}`,
      namespace: mesh.namespace,
    },
    spec: {
      parentRefs: [{ name: `${mesh.name}-gateway` }],
      ...(host !== undefined && { hostnames: [host] }),
      rules: routes.flatMap(({ path, service: name }) => {
        const service = mesh.services.find((one) => one.name === name);
        return service ? rulesTo(mesh, service, path) : [];
      }),
    },
  }));
}

function rulesTo(mesh: Mesh, service: Service, path: string): Rule[] {
  const overrides = mesh.traffic[service.name]?.overrides ?? [];
  return [
    ...overrides.flatMap(({ match, version }) => {
      const both = intersectMatches({ path }, match);
      if (!both) return [];
      const backendRefs = [backend(service, version)];
      return [{ matches: [routeMatch(both)], ...policies(mesh, service), backendRefs }];
    }),
    {
      matches: [routeMatch({ path })],
      ...policies(mesh, service),
      backendRefs: backends(mesh, service),
    },
  ];
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

function policies(mesh: Mesh, service: Service): Rule {
  const { timeout, retry } = mesh.traffic[service.name] ?? {};
  const codes = retry ? retryCodes(retry.on) : [];
  return {
    ...(timeout !== undefined && { timeouts: { request: goDuration(timeout) } }),
    ...(retry && { retry: { attempts: retry.attempts, ...(codes.length > 0 && { codes }) } }),
  };
}

function retryCodes(on: readonly string[]): number[] {
  if (on.includes('5xx')) return [500, 502, 503, 504];
  return [
    ...(on.includes('retriable-4xx') ? [409] : []),
    ...(on.includes('gateway-error') ? [502, 503, 504] : []),
  ];
}

function backend(service: Service, version: string): Rule {
  return { name: versionService(service, version), port: SERVICE_PORT };
}

function backends(mesh: Mesh, service: Service): Rule[] {
  return splitWeights(mesh, service).map(({ version, weight }) => ({
    ...backend(service, version),
    ...(weight !== undefined && { weight }),
  }));
}
