import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseDuration } from '../../../../src-main/base/units.ts';
import { exportMesh } from '../../../../src-main/convert/export/export-mesh.ts';
import type { ExportTarget } from '../../../../src-main/convert/export/result.ts';
import type {
  Fault,
  Mesh,
  RequestMatch,
  Service,
  Version,
} from '../../../../src-main/spec/mesh.ts';

/**
 * What an export means, by the rules of its target, against what the mesh means: any request must go
 * to the same place and meet the same faults. The three readings below know nothing of the exporters.
 */
interface Request {
  /** A service, or `gateway`. */
  readonly from: string;
  /** Of the gateway; within the mesh the service that is called. */
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Answer {
  readonly to: string;
  /** A version, or weights by version, or nothing: to all instances alike. */
  readonly version: unknown;
  readonly delay?: unknown;
  readonly abort?: unknown;
}

/** The same meshes in every run. */
const RUNS = { numRuns: 300, seed: 3 };

function service(name: string, versions: number, calls: string[]): Service {
  const health = { interval: 1, timeout: 1, startTimeout: 1, unhealthyThreshold: 1 };
  const workload: Version['workload'] = {
    runtime: 'process',
    command: ['x'],
    workingFolder: '/',
    env: {},
  };
  const version = { replicas: 1, workload, port: 0, health };
  return {
    name,
    calls,
    versions: Array.from({ length: versions }, (_, i) => ({ name: `v${i + 1}`, ...version })),
  };
}

const paths = ['/', '/a', '/a/b', '/ab', '/a/b/c', '/c'];
const headerSets = [{}, { x: '1' }, { x: '2' }, { y: '1' }, { x: '1', y: '1' }];

const match: fc.Arbitrary<RequestMatch> = fc.record(
  {
    path: fc.constantFrom(...paths, '/a/'),
    method: fc.constantFrom('GET', 'POST'),
    headers: fc.constantFrom(...headerSets.slice(1)),
  },
  { requiredKeys: [] },
);

const overrides = fc.array(fc.record({ match, version: fc.constantFrom('v1', 'v2') }), {
  maxLength: 4,
});

const faults = fc.array(
  fc.record(
    {
      enabled: fc.constantFrom(true, true, true, false),
      from: fc.constantFrom('gateway', 'web', 'jobs'),
      to: fc.constantFrom('api', 'web'),
      match,
      delay: fc.record({
        duration: fc.constantFrom(100, 2000),
        percentage: fc.constantFrom(5, 100),
      }),
      abort: fc.record({ status: fc.constantFrom(500, 503), percentage: fc.constantFrom(5, 100) }),
    },
    { requiredKeys: ['enabled', 'to', 'match'] },
  ),
  { minLength: 2, maxLength: 4 },
);

const meshes: fc.Arbitrary<Mesh> = fc
  .record({
    routes: fc.array(
      fc.record(
        {
          host: fc.constantFrom('one.example', 'Two.example'),
          path: fc.constantFrom(...paths),
          service: fc.constantFrom('web', 'api'),
        },
        { requiredKeys: ['path', 'service'] },
      ),
      { minLength: 1, maxLength: 5 },
    ),
    api: overrides,
    web: overrides,
    split: fc.option(fc.constantFrom({ v1: 75, v2: 25 }, { v1: 33.3, v2: 66.7 }), {
      nil: undefined,
    }),
    faults,
  })
  .map(({ routes, api, web, split, faults: list }) => ({
    name: 'shop',
    namespace: 'default',
    mtls: 'strict',
    gateway: { port: 0, routes: routes.map((route, i) => ({ name: `r${i}`, ...route })) },
    services: [
      service('web', 1, ['api']),
      service('api', 2, ['web']),
      service('jobs', 1, ['api', 'web']),
    ],
    traffic: {
      api: { overrides: api, ...(split && { split }) },
      web: { overrides: web.map((one) => ({ ...one, version: 'v1' })) },
    },
    faults: list.map((fault, i) => ({ name: `f${i}`, random: false, ...fault })),
  }));

const requests: fc.Arbitrary<Request> = fc
  .record({
    from: fc.constantFrom('gateway', 'web', 'jobs'),
    host: fc.constantFrom('one.example', 'two.example', 'three.example'),
    callee: fc.constantFrom('api', 'web'),
    path: fc.constantFrom(...paths),
    method: fc.constantFrom('GET', 'POST', 'PUT'),
    headers: fc.constantFrom(...headerSets),
  })
  .filter(({ from, callee }) => from !== callee)
  .map(({ callee, host, ...rest }) => ({ ...rest, host: rest.from === 'gateway' ? host : callee }));

function segments(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function fits({ path = '/', method, headers = {} }: RequestMatch, request: Request): boolean {
  return (
    segments(path).every((part, i) => segments(request.path)[i] === part) &&
    (method === undefined || method === request.method) &&
    Object.entries(headers).every(([name, value]) => request.headers[name] === value)
  );
}

function actingOn(mesh: Mesh, to: string, request: Request): Fault[] {
  return mesh.faults.filter(
    (fault) =>
      fault.enabled &&
      fault.to === to &&
      (fault.from === undefined || fault.from === request.from) &&
      fits(fault.match, request),
  );
}

function byMesh(mesh: Mesh, request: Request): Answer | undefined {
  const route = mesh.gateway.routes.find(
    ({ host, path }) =>
      (host === undefined || host.toLowerCase() === request.host) && fits({ path }, request),
  );
  const to = request.from === 'gateway' ? route?.service : request.host;
  if (to === undefined) return undefined;
  const policy = mesh.traffic[to];
  const isSingle = mesh.services.find(({ name }) => name === to)?.versions.length === 1;
  const override = policy?.overrides.find((one) => fits(one.match, request));
  const acting = actingOn(mesh, to, request);
  return {
    to,
    version: isSingle ? undefined : (override?.version ?? policy?.split),
    delay: acting.find(({ delay }) => delay)?.delay,
    abort: acting.find(({ abort }) => abort)?.abort,
  };
}

interface Exact {
  readonly exact?: string;
  readonly prefix?: string;
}

interface IstioMatch {
  readonly uri?: Exact;
  readonly method?: Exact;
  readonly headers?: Readonly<Record<string, Exact>>;
  readonly sourceLabels?: { readonly app: string };
}

interface IstioRoute {
  readonly match?: readonly IstioMatch[];
  readonly fault?: {
    readonly delay?: {
      readonly fixedDelay: string;
      readonly percentage: { readonly value: number };
    };
    readonly abort?: {
      readonly httpStatus: number;
      readonly percentage: { readonly value: number };
    };
  };
  readonly route: readonly {
    readonly destination: { readonly host: string; readonly subset?: string };
    readonly weight?: number;
  }[];
}

interface VirtualService {
  readonly hosts: readonly string[];
  readonly gateways?: readonly string[];
  readonly http: readonly IstioRoute[];
}

interface Rule {
  readonly matches: readonly {
    readonly path: { readonly value: string };
    readonly method?: string;
    readonly headers?: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly backendRefs: readonly { readonly name: string; readonly weight?: number }[];
}

interface HTTPRoute {
  readonly parentRefs: readonly { readonly kind?: string; readonly name: string }[];
  readonly hostnames?: readonly string[];
  readonly rules: readonly Rule[];
}

function specs<T>(mesh: Mesh, target: ExportTarget, kind: string): T[] {
  return exportMesh(mesh, target)
    .files.flatMap(({ text }) =>
      parseAllDocuments(text).map((one) => one.toJS() as { kind: string; spec: T }),
    )
    .filter((one) => one.kind === kind)
    .map(({ spec }) => spec);
}

/** In per cent. */
function shares(parts: readonly (readonly [version: string, weight: number])[]): unknown {
  const total = parts.reduce((sum, [, weight]) => sum + weight, 0);
  return Object.fromEntries(parts.map(([version, weight]) => [version, (100 * weight) / total]));
}

/** The first route with a match that fits; in `match` one must fit, in each one all must hold. */
function byIstio(all: readonly VirtualService[], request: Request): Answer | undefined {
  const isEdge = request.from === 'gateway';
  const services = all.filter(({ gateways }) => (gateways !== undefined) === isEdge);
  const ofHost = (host: string) => services.find(({ hosts }) => hosts.includes(host));
  const chosen = isEdge
    ? (ofHost(request.host) ?? ofHost('*'))
    : ofHost(`${request.host}.default.svc.cluster.local`);
  const http = chosen?.http.find(
    (route) => !route.match || route.match.some((one) => holds(one, request)),
  );
  return http && answerOf(http);
}

function holds({ uri, method, headers = {}, sourceLabels }: IstioMatch, request: Request): boolean {
  return (
    (uri?.exact === undefined || uri.exact === request.path) &&
    (uri?.prefix === undefined || request.path.startsWith(uri.prefix)) &&
    (method === undefined || method.exact === request.method) &&
    (sourceLabels === undefined || sourceLabels.app === request.from) &&
    Object.entries(headers).every(([name, { exact }]) => request.headers[name] === exact)
  );
}

function answerOf({ route, fault }: IstioRoute): Answer {
  const { host, subset } = route[0]!.destination;
  const parts = route.map((one) => [one.destination.subset ?? '', one.weight ?? 0] as const);
  const { delay, abort } = fault ?? {};
  return {
    to: host.split('.')[0]!,
    version: route.length > 1 ? shares(parts) : subset,
    delay: delay && {
      duration: parseDuration(delay.fixedDelay),
      percentage: delay.percentage.value,
    },
    abort: abort && { status: abort.httpStatus, percentage: abort.percentage.value },
  };
}

/** The most special host, then the longest path, a method, the most headers; then the first. */
function byGatewayApi(all: readonly HTTPRoute[], request: Request): Answer | undefined {
  const isEdge = request.from === 'gateway';
  const [best] = all
    .filter(({ parentRefs: [parent] }) =>
      isEdge ? parent!.kind === undefined : parent!.name === request.host,
    )
    .filter(({ hostnames }) => hostnames?.includes(request.host) ?? true)
    .flatMap(({ hostnames = [], rules }) =>
      rules.map((rule) => ({ rule, hosts: hostnames.length })),
    )
    .filter(({ rule }) => fits(matchOf(rule), request))
    .toSorted((a, b) => compare([b.hosts, ...rank(b.rule)], [a.hosts, ...rank(a.rule)]));
  if (!best) return isEdge ? undefined : { to: request.host, version: undefined };
  const refs = best.rule.backendRefs.map(
    ({ name, weight = 0 }) => [name.split('-'), weight] as const,
  );
  const [to = '', version] = refs[0]![0];
  const parts = refs.map(([name, weight]) => [name[1] ?? '', weight] as const);
  return { to, version: refs.length > 1 ? shares(parts) : version };
}

function matchOf({ matches }: Rule): RequestMatch {
  const { path, method, headers = [] } = matches[0]!;
  return {
    path: path.value,
    ...(method !== undefined && { method }),
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
  };
}

function rank(rule: Rule): number[] {
  const { path = '', method, headers = {} } = matchOf(rule);
  return [segments(path).join('/').length, method ? 1 : 0, Object.keys(headers).length];
}

function compare(one: readonly number[], other: readonly number[]): number {
  return one.reduce((order, part, i) => order || part - other[i]!, 0);
}

function rounded(answer: Answer | undefined): unknown {
  return JSON.parse(
    JSON.stringify(answer ?? null, (_key, value: unknown) =>
      typeof value === 'number' ? Math.round(value * 100) / 100 : value,
    ),
  );
}

describe('any request, in the mesh and where it is exported to', () => {
  it('goes to the same place and meets the same faults in Istio', () => {
    fc.assert(
      fc.property(meshes, fc.array(requests, { minLength: 30, maxLength: 30 }), (mesh, list) => {
        const all = specs<VirtualService>(mesh, 'istio', 'VirtualService');
        for (const request of list) {
          const wanted = byMesh(mesh, request);
          const acting = wanted ? actingOn(mesh, wanted.to, request) : [];
          // What a route of Istio cannot have, a note says.
          const count = (kind: 'delay' | 'abort') => acting.filter((fault) => fault[kind]).length;
          if (count('delay') > 1 || count('abort') > 1) continue;
          expect(rounded(byIstio(all, request)), JSON.stringify(request)).toEqual(rounded(wanted));
        }
      }),
      RUNS,
    );
  });

  it('goes to the same place in Gateway API, which does not care for the order of rules', () => {
    fc.assert(
      fc.property(meshes, fc.array(requests, { minLength: 30, maxLength: 30 }), (mesh, list) => {
        const all = specs<HTTPRoute>(mesh, 'gateway-api', 'HTTPRoute');
        for (const request of list) {
          const { delay: _delay, abort: _abort, ...wanted } = byMesh(mesh, request) ?? {};
          const found = byGatewayApi(all, request);
          expect(rounded(found ?? ({} as Answer)), JSON.stringify(request)).toEqual(
            rounded(wanted as Answer),
          );
        }
      }),
      RUNS,
    );
  });
});
