/** Two real sidecars in this process, with mutual TLS between them: caller → web → api → service. */
import { systemChance } from '../../src-main/base/chance.ts';
import { systemClock } from '../../src-main/base/clock.ts';
import type { Clock } from '../../src-main/base/clock.ts';
import { createAuthority } from '../../src-main/identity/authority.ts';
import type { Leaf } from '../../src-main/identity/leaf.ts';
import { DEFAULT_LIMITS } from '../../src-main/proxy/config.ts';
import type {
  ClusterConfig,
  IdentityConfig,
  LimitsConfig,
  ListenerConfig,
  ProxyConfig,
  RouteConfig,
} from '../../src-main/proxy/config.ts';
import { DataPlane } from '../../src-main/proxy/data-plane.ts';
import { HopReader } from '../../src-main/proxy/hop-reader.ts';
import type { Hop } from '../../src-main/proxy/hop.ts';
import type { FromWorker } from '../../src-main/proxy/messages.ts';

type TestRoute = Partial<RouteConfig> | readonly Partial<RouteConfig>[];

export interface HopOptions {
  /** The service's port. */
  readonly service: number;
  /** Added to the caller's route; several: the caller's routes in order. */
  readonly route?: TestRoute;
  readonly limits?: Partial<LimitsConfig>;
  /** What both listeners take; default HTTP. */
  readonly protocol?: ListenerConfig['protocol'];
  /** What the service is declared to speak; default what the caller speaks. */
  readonly speaks?: ClusterConfig['protocol'];
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Who the caller expects to reach; default the one that is there; '': it calls in plain text. */
  readonly expected?: string;
  /** Added to the caller's cluster. */
  readonly cluster?: Partial<ClusterConfig>;
  /** What is different about the callee's listener. */
  readonly inbound?: Partial<ListenerConfig>;
}

export interface TestHop {
  /** Of the caller's outbound listener. */
  readonly port: number;
  /** Of the callee's mTLS listener. */
  readonly inbound: number;
  readonly trustBundle: string;
  /** Hops written so far. */
  hops(): Hop[];
  refusals(): FromWorker[];
  leaf(service: string): Leaf;
  /** Pushes the caller's configuration again, with another route. */
  push(route: TestRoute): Promise<void>;
  /** Pushes the callee's configuration again, with another listener. */
  pushInbound(inbound: Partial<ListenerConfig>): Promise<void>;
  /** Pushes the caller's configuration again, for another callee; '': plain text. */
  pushExpected(spiffeId: string): Promise<void>;
  /** New certificates for both sidecars. */
  rotate(): Promise<void>;
  /** Takes a sidecar away, as when its instance ends: what runs is finished. */
  remove(which: 'caller' | 'callee'): Promise<void>;
  close(): void;
}

const authority = createAuthority('test', systemClock);

export async function startHop(options: HopOptions): Promise<TestHop> {
  const messages: FromWorker[] = [];
  const hops: Hop[] = [];
  const reader = new HopReader();
  const ports: Record<string, number> = {};
  const dataPlane = new DataPlane(
    (message) => {
      if (message.type === 'hops')
        reader.read(message.batch, (cursor) => hops.push(cursor.toHop()));
      else if (message.type === 'applied') Object.assign(ports, message.ports);
      else if (message.type !== 'use') messages.push(message);
    },
    options.clock ?? systemClock,
    systemChance,
  );
  let version = 0;
  let { route = {}, inbound = {}, expected = authority.spiffeId('default', 'api') } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const configure = async (config: Omit<ProxyConfig, 'version' | 'limits'>): Promise<void> =>
    dataPlane.handle({
      type: 'configure',
      config: { ...speaking(config, options.speaks), version: ++version, limits },
    });
  const pushCallee = (): Promise<void> =>
    configure(callee(options.service, options.protocol ?? 'http', inbound));
  const pushCaller = (): Promise<void> =>
    configure(caller(ports['inbound'] ?? 0, options, route, expected));
  await pushCallee();
  await pushCaller();
  return {
    port: ports['outbound|api'] ?? 0,
    inbound: ports['inbound'] ?? 0,
    trustBundle: authority.trustBundle,
    hops: () => hops,
    refusals: () => messages,
    leaf: (service) => authority.issue('default', service),
    push: (next) => {
      route = next;
      return pushCaller();
    },
    pushInbound: (next) => {
      inbound = next;
      return pushCallee();
    },
    pushExpected: (next) => {
      expected = next;
      return pushCaller();
    },
    rotate: async () => {
      await pushCallee();
      await pushCaller();
    },
    remove: (which) => {
      const node = which === 'caller' ? 'web-v1-0' : 'api-v1-0';
      return dataPlane.handle({ type: 'remove', node, drain: 10_000 });
    },
    close: () => dataPlane.stop(),
  };
}

/** The clusters of a sidecar, all declared to speak `protocol`. */
function speaking(
  config: Omit<ProxyConfig, 'version' | 'limits'>,
  protocol: ClusterConfig['protocol'],
): Omit<ProxyConfig, 'version' | 'limits'> {
  if (protocol === undefined) return config;
  return { ...config, clusters: config.clusters.map((cluster) => ({ ...cluster, protocol })) };
}

function identity(service: string): IdentityConfig {
  const { spiffeId, certificateChain, privateKey } = authority.issue('default', service);
  const { trustBundle } = authority;
  return { spiffeId, certificateChain, privateKey, trustBundle, faulty: faulty(service) };
}

const FLAWS = ['expired', 'notYetValid', 'wrongSpiffeId', 'unknownCa', 'missingChain'] as const;
const faultyByService = new Map<string, NonNullable<IdentityConfig['faulty']>>();

function faulty(service: string): NonNullable<IdentityConfig['faulty']> {
  const known = faultyByService.get(service);
  if (known) return known;
  const made = FLAWS.map(
    (flaw) => [flaw, authority.issueFaulty('default', service, flaw)] as const,
  );
  faultyByService.set(service, Object.fromEntries(made));
  return faulty(service);
}

const EMPTY = { name: 'default', match: {}, overrides: [], timeout: 0, faults: [] };

function callee(
  port: number,
  protocol: ListenerConfig['protocol'],
  inbound: Partial<ListenerConfig>,
): Omit<ProxyConfig, 'version' | 'limits'> {
  const routes = [{ ...EMPTY, split: [{ cluster: 'local', weight: 1 }] }];
  const endpoints = [{ id: 'api-v1-0', host: '127.0.0.1', port }];
  return {
    node: { id: 'api-v1-0', kind: 'sidecar', service: 'api', workloadVersion: 'v1' },
    identity: identity('api'),
    listeners: [
      {
        name: 'inbound',
        direction: 'inbound',
        host: '127.0.0.1',
        port: 0,
        protocol,
        mtls: 'strict',
        routes,
        ...inbound,
      },
    ],
    clusters: [
      { name: 'local', service: 'api', workloadVersion: 'v1', connectTimeout: 1000, endpoints },
    ],
  };
}

function caller(
  port: number,
  { protocol = 'http', cluster = {} }: HopOptions,
  route: TestRoute,
  expectedSpiffeId: string,
): Omit<ProxyConfig, 'version' | 'limits'> {
  const given: readonly Partial<RouteConfig>[] = 'length' in route ? route : [route];
  const routes = given.map((one) => ({
    ...EMPTY,
    split: [{ cluster: 'api|v1', weight: 1 }],
    ...one,
  }));
  const endpoints = [{ id: 'api-v1-0', host: '127.0.0.1', port }];
  const mtls = expectedSpiffeId === '' ? {} : { mtls: { expectedSpiffeId } };
  return {
    node: { id: 'web-v1-0', kind: 'sidecar', service: 'web', workloadVersion: 'v1' },
    identity: identity('web'),
    listeners: [
      {
        name: 'outbound|api',
        direction: 'outbound',
        host: '127.0.0.1',
        port: 0,
        protocol,
        mtls: 'disabled',
        routes,
      },
    ],
    clusters: [
      {
        name: 'api|v1',
        service: 'api',
        workloadVersion: 'v1',
        connectTimeout: 1000,
        endpoints,
        ...mtls,
        ...cluster,
      },
    ],
  };
}
