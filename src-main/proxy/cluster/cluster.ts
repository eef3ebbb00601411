/** A version of a service as a proxy reaches it: its endpoints, their pools, and the choice among them. */
import type { Clock } from '../../base/clock.ts';
import type { ClusterConfig, EndpointConfig, LimitsConfig } from '../config.ts';
import type { TlsMaterial } from '../listener/tls-material.ts';
import type { Balancer } from './balance/balancer.ts';
import { RoundRobin } from './balance/round-robin.ts';
import { EndpointPool } from './endpoint-pool.ts';

export interface ClusterContext {
  readonly clock: Clock;
  readonly limits: LimitsConfig;
  readonly material: TlsMaterial | undefined;
}

export class Cluster {
  readonly config: ClusterConfig;
  readonly pools: readonly EndpointPool[];
  readonly #balancer: Balancer<EndpointPool>;
  readonly #byKey: ReadonlyMap<string, EndpointPool>;

  /** Takes over from `before` the pools of the endpoints that are still there. */
  constructor(config: ClusterConfig, context: ClusterContext, before: Cluster | undefined) {
    this.config = config;
    this.#balancer = before ? before.#balancer : new RoundRobin();
    const byKey = new Map<string, EndpointPool>();
    for (const endpoint of config.endpoints) {
      const key = poolKey(config, context, endpoint);
      byKey.set(key, (before && before.#byKey.get(key)) ?? createPool(config, context, endpoint));
    }
    this.#byKey = byKey;
    this.pools = [...byKey.values()];
  }

  /** The pool for one try; undefined where the cluster has no endpoint. */
  pick(avoid: EndpointPool | undefined): EndpointPool | undefined {
    return this.#balancer.pick(this.pools, avoid);
  }

  /** Lets go of the pools that `after` did not take over: idle connections now, busy ones when done. */
  handOver(after: Cluster | undefined): void {
    for (const [key, pool] of this.#byKey) {
      if (!after || after.#byKey.get(key) !== pool) pool.drain();
    }
  }
}

/** A new certificate means a new pool, so that no connection outlives its identity for long. */
function poolKey(config: ClusterConfig, context: ClusterContext, endpoint: EndpointConfig): string {
  const { id, host, port } = endpoint;
  const identity = config.mtls ? context.material?.config.certificateChain : '';
  return JSON.stringify([id, host, port, config.connectTimeout, config.mtls, identity]);
}

function createPool(
  config: ClusterConfig,
  context: ClusterContext,
  endpoint: EndpointConfig,
): EndpointPool {
  const { clock, limits, material } = context;
  const base = { endpoint, timeout: config.connectTimeout, clock, limits };
  if (!config.mtls) return new EndpointPool(base);
  if (!material) throw new Error(`cluster ${config.name} wants mTLS, the proxy has no identity`);
  const { expectedSpiffeId } = config.mtls;
  return new EndpointPool({ ...base, mtls: { material, expectedSpiffeId } });
}
