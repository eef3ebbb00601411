/** HTTPRoutes: at the gateway, and (GAMMA) within the mesh with a Service as parent. */
import type { GatewayRoute, Mesh, RequestMatch, Service } from '../../../spec/mesh.ts';
import { goDuration } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { SERVICE_PORT, versionService } from '../names.ts';

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
  const byHost = new Map<string | undefined, GatewayRoute[]>();
  for (const route of mesh.gateway.routes) {
    byHost.set(route.host, [...(byHost.get(route.host) ?? []), route]);
  }
  return [...byHost].map(([host, routes], i) => ({
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
    ...overrides.map(({ match, version }) => ({
      matches: [routeMatch({ path, ...match })],
      ...policies(mesh, service),
      backendRefs: [backend(service, version)],
    })),
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

/** Weights are whole numbers of any sum. */
function backends(mesh: Mesh, service: Service): Rule[] {
  const split = mesh.traffic[service.name]?.split;
  const weights = service.versions.map(({ name, replicas }) =>
    split ? (split[name] ?? 0) : replicas,
  );
  const whole = weights.every(Number.isInteger) ? 1 : 100;
  if (service.versions.length === 1)
    return service.versions.map(({ name }) => backend(service, name));
  return service.versions.map(({ name }, i) => ({
    ...backend(service, name),
    weight: Math.round((weights[i] ?? 0) * whole),
  }));
}
