/** A version of a service as a proxy reaches it: its endpoints, their pools, and the choice among them. */
import type { Chance } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { ClusterConfig, EndpointConfig, LimitsConfig } from '../config.ts';
import type { IdentityFaultConfig } from '../config/fault.ts';
import type { ConnectionPoolConfig, HashSource } from '../config/upstream.ts';
import type { Protocol } from '../exchange/streams.ts';
import type { TlsMaterial } from '../listener/tls-material.ts';
import type { Balancer } from './balance/balancer.ts';
import { createBalancer } from './balance/create.ts';
import { CircuitBreaker, NO_CIRCUIT_BREAKER } from './circuit-breaker.ts';
import { EndpointPool } from './endpoint-pool.ts';
import type { PoolOptions, Waiter } from './endpoint-pool.ts';
import { acquireFaulty } from './faulty-identity.ts';
import type { Acquiring } from './faulty-identity.ts';

export interface ClusterContext {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly limits: LimitsConfig;
  readonly material: TlsMaterial | undefined;
}

/** Envoy keeps idle connections for an hour; on one machine they are cheap to open. */
const DEFAULT_CONNECTIONS: ConnectionPoolConfig = {
  maxRequestsPerConnection: 0,
  idleTimeout: 60_000,
  tcpKeepalive: 0,
};

export class Cluster {
  readonly config: ClusterConfig;
  /** The same array as long as it holds the same pools. */
  readonly pools: readonly EndpointPool[];
  readonly breaker: CircuitBreaker;
  /** What requests are told apart by; undefined where that makes no difference. */
  readonly hashSource: HashSource | undefined;
  readonly #context: ClusterContext;
  readonly #balancer: Balancer<EndpointPool>;
  readonly #byKey: ReadonlyMap<string, EndpointPool>;

  /** Takes over from `before` the pools of the endpoints that are still there. */
  constructor(config: ClusterConfig, context: ClusterContext, before: Cluster | undefined) {
    this.config = config;
    this.#context = context;
    this.hashSource = config.loadBalancing?.hash;
    this.breaker = before?.breaker ?? new CircuitBreaker();
    this.breaker.limits = config.circuitBreaker ?? NO_CIRCUIT_BREAKER;
    const { loadBalancing } = config;
    // Its counters go on as long as the policy is the same.
    const same = before && sameText(before.config.loadBalancing, loadBalancing);
    this.#balancer = same
      ? before.#balancer
      : createBalancer(loadBalancing, context.clock, context.chance);
    const byKey = new Map<string, EndpointPool>();
    for (const endpoint of config.endpoints) {
      const key = poolKey(config, context, endpoint);
      const kept = before && before.#byKey.get(key);
      byKey.set(key, kept ?? this.#createPool(endpoint, before));
    }
    this.#byKey = byKey;
    const pools = [...byKey.values()];
    this.pools = before && sameItems(pools, before.pools) ? before.pools : pools;
  }

  /**
   * The pool for one try; undefined where the cluster has no endpoint.
   * @param hash of the request, where the cluster has a `hashSource`
   */
  pick(avoid: EndpointPool | undefined, hash: number | undefined): EndpointPool | undefined {
    return this.#balancer.pick(this.pools, avoid, hash);
  }

  /** Lets go of the pools that `after` did not take over: idle connections now, busy ones when done. */
  handOver(after: Cluster | undefined): void {
    for (const [key, pool] of this.#byKey) {
      if (!after || after.#byKey.get(key) !== pool) pool.drain();
    }
  }

  /** A connection to the endpoint of a pool for one request, with a wrong identity. */
  acquireFaulty(
    { address, since }: EndpointPool,
    waiter: Waiter,
    protocol: Protocol,
    fault: IdentityFaultConfig,
  ): Acquiring {
    // Of the latest configuration: a pool may be older than the fault.
    return acquireFaulty(this.#poolOptions(address, since), fault, protocol, waiter);
  }

  #createPool(endpoint: EndpointConfig, before: Cluster | undefined): EndpointPool {
    // With another certificate an endpoint is still the one that it was.
    const known = before?.pools.find(({ address }) => isSameAddress(address, endpoint));
    return new EndpointPool(this.#poolOptions(endpoint, known?.since ?? this.#context.clock.now()));
  }

  #poolOptions(endpoint: EndpointConfig, since: Milliseconds): PoolOptions {
    const { clock, limits, material } = this.#context;
    const { connectTimeout: timeout, connectionPool, mtls, name } = this.config;
    const connections = { ...DEFAULT_CONNECTIONS, ...connectionPool };
    const base = { endpoint, timeout, clock, limits, connections, since, breaker: this.breaker };
    if (!mtls) return base;
    if (!material) throw new Error(`cluster ${name} wants mTLS, the proxy has no identity`);
    const { expectedSpiffeId } = mtls;
    return { ...base, mtls: { material, expectedSpiffeId } };
  }
}

/** A new certificate means a new pool, so that no connection outlives its identity for long. */
function poolKey(config: ClusterConfig, context: ClusterContext, endpoint: EndpointConfig): string {
  const { id, host, port } = endpoint;
  const { connectTimeout, connectionPool, mtls } = config;
  const identity = mtls ? context.material?.config.certificateChain : '';
  return JSON.stringify([id, host, port, connectTimeout, connectionPool, mtls, identity]);
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isSameAddress(one: EndpointConfig, other: EndpointConfig): boolean {
  return one.id === other.id && one.host === other.host && one.port === other.port;
}

function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}
