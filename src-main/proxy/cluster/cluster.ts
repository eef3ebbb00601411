/** A version of a service as a proxy reaches it: its endpoints, their pools, and the choice among them. */
import type { Chance } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import type { ClusterConfig, EndpointConfig, LimitsConfig } from '../config.ts';
import type { IdentityFaultConfig } from '../config/fault.ts';
import type { ConnectionPoolConfig, HashSource } from '../config/upstream.ts';
import type { Protocol } from '../exchange/streams.ts';
import type { IdSource } from '../exchange/trace-context.ts';
import type { TlsMaterial } from '../listener/tls-material.ts';
import type { AvoidedEndpoint, FailedOver } from '../messages.ts';
import type { Tried } from './balance/balancer.ts';
import { CircuitBreaker, NO_CIRCUIT_BREAKER } from './circuit-breaker.ts';
import { EndpointChoice, sameItems } from './endpoint-choice.ts';
import { EndpointPool } from './endpoint-pool.ts';
import type { OnFailure, PoolOptions, Waiter } from './endpoint-pool.ts';
import { EndpointState } from './endpoint-state.ts';
import { acquireFaulty, openFaultyTunnel } from './faulty-identity.ts';
import type { Connecting, OnReady } from './connect.ts';
import type { Acquiring } from './faulty-identity.ts';
import { HealthCheck } from './health/health-check.ts';
import { OutlierDetector } from './outlier/detector.ts';

export interface ClusterContext {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly ids: IdSource;
  readonly limits: LimitsConfig;
  readonly material: TlsMaterial | undefined;
  /** Other endpoints than before are left out. */
  readonly onAvoided: () => void;
}

/** Envoy keeps idle connections for an hour; on one machine they are cheap to open. */
const DEFAULT_CONNECTIONS: ConnectionPoolConfig = {
  maxRequestsPerConnection: 0,
  idleTimeout: 60_000,
  tcpKeepalive: 0,
};

/** Per cent; Envoy's healthy_panic_threshold. */
const DEFAULT_PANIC_THRESHOLD = 50;

export class Cluster {
  readonly config: ClusterConfig;
  /** The same array as long as it holds the same pools. */
  readonly pools: readonly EndpointPool[];
  readonly breaker: CircuitBreaker;
  /** What requests are told apart by; undefined where that makes no difference. */
  readonly hashSource: HashSource | undefined;
  readonly #context: ClusterContext;
  /** Undefined: no endpoint is ever ejected. */
  readonly outliers: OutlierDetector | undefined;
  readonly #choice: EndpointChoice<EndpointPool>;
  readonly #byKey: ReadonlyMap<string, EndpointPool>;
  readonly #checks: ReadonlyMap<EndpointPool, HealthCheck>;

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
    this.#choice = same
      ? before.#choice
      : new EndpointChoice(loadBalancing, context.clock, context.chance);
    const byKey = new Map<string, EndpointPool>();
    for (const endpoint of config.endpoints) {
      const key = poolKey(config, context, endpoint);
      const pool = (before && before.#byKey.get(key)) ?? this.#createPool(endpoint, before);
      pool.state.configure(endpoint, context.clock.now());
      byKey.set(key, pool);
    }
    this.#byKey = byKey;
    const pools = [...byKey.values()];
    this.pools = before && sameItems(pools, before.pools) ? before.pools : pools;
    this.outliers = this.#detector(before);
    this.#checks = this.#healthChecks(before);
    this.#judge();
  }

  /**
   * Bits of HopFlag that tell of endpoints which could not be picked, and that `picked` was not the
   * first choice.
   */
  flagsOf(picked: EndpointPool | undefined): number {
    return this.#choice.flagsOf(picked);
  }

  /**
   * The pool for one try; undefined where the cluster has no endpoint that may be picked.
   * @param avoid where the request has been tried before
   * @param hash of the request, where the cluster has a `hashSource`
   */
  pick(avoid: Tried<EndpointPool>, hash: number | undefined): EndpointPool | undefined {
    return this.#choice.pick(avoid, hash);
  }

  /** The endpoints that are left out. */
  avoided(): AvoidedEndpoint[] {
    const { clock } = this.#context;
    const ahead = clock.wall() - clock.now();
    return this.pools.flatMap(({ id: instance, state }): AvoidedEndpoint[] => {
      const { ejection, unhealthy } = state;
      if (ejection) return [{ instance, cause: ejection.cause, until: ejection.until + ahead }];
      return unhealthy ? [{ instance, cause: 'health-check' }] : [];
    });
  }

  /** How requests are shared out, where the first choice does not get all of them. */
  failedOver(): FailedOver | undefined {
    const { service, workloadVersion: version, priorities: names = [] } = this.config;
    const states = this.#choice.priorities;
    if (states.slice(1).every(({ load }) => load === 0)) return undefined;
    const priorities = names.map((name, i) => {
      const { load = 0, well = 0, total = 0 } = states[i] ?? {};
      return { name, load, well, total };
    });
    return { service, version, priorities, hasServed: this.#choice.hasServed };
  }

  /** Lets go of the pools that `after` did not take over: idle connections now, busy ones when done. */
  handOver(after: Cluster | undefined): void {
    for (const [key, pool] of this.#byKey) {
      if (!after || after.#byKey.get(key) !== pool) pool.drain();
    }
    if (this.outliers !== after?.outliers) this.outliers?.close();
    for (const [pool, check] of this.#checks) {
      if (!after || after.#checks.get(pool) !== check) check.close();
    }
  }

  /** Closes everything now. */
  destroy(): void {
    this.outliers?.close();
    for (const check of this.#checks.values()) check.close();
    for (const pool of this.pools) pool.destroy();
  }

  /** Who has been ejected stays so as long as there is a policy. */
  #detector(before: Cluster | undefined): OutlierDetector | undefined {
    const { outlierDetection } = this.config;
    const states = this.pools.map(({ state }) => state);
    if (!outlierDetection) {
      for (const state of states) state.ejection = undefined;
      return undefined;
    }
    const same = sameText(before?.config.outlierDetection, outlierDetection);
    const kept = same ? before?.outliers : undefined;
    const detector = kept ?? new OutlierDetector(outlierDetection, this.#context.clock);
    detector.watch(states, () => this.#judge());
    return detector;
  }

  #healthChecks(before: Cluster | undefined): ReadonlyMap<EndpointPool, HealthCheck> {
    const { healthCheck } = this.config;
    const same = sameText(before?.config.healthCheck, healthCheck);
    const checks = new Map<EndpointPool, HealthCheck>();
    for (const pool of this.pools) {
      if (!healthCheck) pool.state.unhealthy = false;
      else {
        const kept = same ? before && before.#checks.get(pool) : undefined;
        const options = this.#poolOptions(pool.state);
        const check = kept ?? new HealthCheck(healthCheck, this.config, options, this.#context);
        check.checker.onChange = () => this.#judge();
        checks.set(pool, check);
      }
    }
    return checks;
  }

  #judge(): void {
    const { loadBalancing, localityWeights } = this.config;
    const { panicThreshold = DEFAULT_PANIC_THRESHOLD } = loadBalancing ?? {};
    this.#choice.judge(this.pools, { panicThreshold, localityWeights });
    this.#context.onAvoided();
  }

  /** A connection to the endpoint of a pool for one request, with a wrong identity. */
  acquireFaulty(
    { state }: EndpointPool,
    waiter: Waiter,
    protocol: Protocol,
    fault: IdentityFaultConfig,
  ): Acquiring {
    // Of the latest configuration: a pool may be older than the fault.
    return acquireFaulty(this.#poolOptions(state), fault, protocol, waiter);
  }

  /** A connection to the endpoint of a pool for one tunnel, with a wrong identity. */
  openFaultyTunnel(
    { state }: EndpointPool,
    fault: IdentityFaultConfig,
    onReady: OnReady,
    onFailure: OnFailure,
  ): Connecting {
    return openFaultyTunnel(this.#poolOptions(state), fault, onReady, onFailure);
  }

  #createPool(endpoint: EndpointConfig, before: Cluster | undefined): EndpointPool {
    // With another certificate an endpoint is still the one that it was.
    const known = before?.pools.find(({ state }) => state.isOf(endpoint));
    const state = known?.state ?? new EndpointState(endpoint, this.#context.clock.now());
    return new EndpointPool(this.#poolOptions(state));
  }

  #poolOptions(state: EndpointState): PoolOptions {
    const { clock, limits, material } = this.#context;
    const { connectTimeout: timeout, connectionPool, mtls, name } = this.config;
    const connections = { ...DEFAULT_CONNECTIONS, ...connectionPool };
    const { endpoint } = state;
    const base = { endpoint, timeout, clock, limits, connections, state, breaker: this.breaker };
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
