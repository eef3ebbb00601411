/** How a cluster's endpoints are chosen, and how they are spared. Names are Envoy's. */
import type { Milliseconds, Percent } from '../../base/units.ts';

/** What a request is hashed by, so that the same one goes to the same endpoint. */
export type HashSource =
  /** Lower-case name. */
  | { readonly header: string }
  | {
      readonly cookie: string;
      readonly path: string;
      /** A caller without the cookie is given one; 0: for its session. Absent: it is given none. */
      readonly ttl?: Milliseconds;
    }
  | { readonly source: 'address' };

export interface LoadBalancingConfig {
  readonly algorithm: 'roundRobin' | 'leastRequest' | 'random' | 'maglev' | 'ringHash';
  /** Of maglev and ringHash; a request that has nothing of the kind goes by chance. */
  readonly hash?: HashSource;
  /**
   * How an endpoint that has just come is given its share little by little (Envoy's slow start);
   * of roundRobin and leastRequest.
   */
  readonly slowStart?: {
    readonly window: Milliseconds;
    readonly aggression: number;
    readonly minWeightPercent: Percent;
  };
}

/** Of the whole cluster, as this proxy uses it; above, a request is answered 503 (UO). */
export interface CircuitBreakerConfig {
  readonly maxConnections: number;
  /** That wait for a connection. */
  readonly maxPendingRequests: number;
  readonly maxRequests: number;
  /** Requests that are being tried again. */
  readonly maxRetries: number;
}

export interface ConnectionPoolConfig {
  /** 0: no limit. */
  readonly maxRequestsPerConnection: number;
  /** A connection that nobody has used for so long is closed. */
  readonly idleTimeout: Milliseconds;
  /** TCP keep-alive probes begin after so long without a byte; 0: none. */
  readonly tcpKeepalive: Milliseconds;
}
