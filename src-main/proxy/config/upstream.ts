/** How a cluster's endpoints are chosen, and how they are spared. Names are Envoy's. */
import type { Milliseconds, Percent } from '../../base/units.ts';
import type { RetryBudgetConfig } from './retry.ts';

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
  /** With fewer per cent of the endpoints well, all are taken. Absent: Envoy's 50. */
  readonly panicThreshold?: Percent;
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
  /** Says instead of `maxRetries` how many may be. */
  readonly retryBudget?: RetryBudgetConfig;
}

export interface ConnectionPoolConfig {
  /** 0: no limit. */
  readonly maxRequestsPerConnection: number;
  /** A connection that nobody has used for so long is closed. */
  readonly idleTimeout: Milliseconds;
  /** TCP keep-alive probes begin after so long without a byte; 0: none. */
  readonly tcpKeepalive: Milliseconds;
}

/** Envoy's: an endpoint that keeps failing is left out for a while. Of this proxy's requests alone. */
export interface OutlierDetectionConfig {
  /** In a row; 0: does not count. */
  readonly consecutive5xx: number;
  /** 502, 503 and 504 in a row; 0: does not count. */
  readonly consecutiveGatewayErrors: number;
  /**
   * Connections that failed, were reset or gave no answer in time, in a row. Absent: such a failure
   * counts as 503 or 504 in the two others (Envoy's split_external_local_origin_errors is off).
   */
  readonly consecutiveLocalOriginFailures?: number;
  /** Between two looks at success rates, and at who may come back. */
  readonly interval: Milliseconds;
  /** Times the number of ejections, at most `maxEjectionTime`. */
  readonly baseEjectionTime: Milliseconds;
  readonly maxEjectionTime: Milliseconds;
  /** One endpoint may always be ejected. */
  readonly maxEjectionPercent: Percent;
  readonly successRate?: {
    /** With fewer that had `requestVolume` requests in the interval, nobody is compared. */
    readonly minimumHosts: number;
    readonly requestVolume: number;
    /** Thousandths of a standard deviation below the mean. */
    readonly stdevFactor: number;
  };
}

/** The proxy itself asks each endpoint whether it is well, beside the requests. */
export interface HealthCheckConfig {
  readonly check: HealthProbeConfig;
  /** Between two checks of an endpoint. */
  readonly interval: Milliseconds;
  readonly timeout: Milliseconds;
  /** Up to so much is added to each interval, by chance. */
  readonly jitter: Milliseconds;
  /** In a row. */
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export type HealthProbeConfig =
  | { readonly path: string; readonly expectedStatuses: readonly number[] }
  /** A connection can be made. */
  | { readonly tcp: true }
  /** grpc.health.v1: the name of a service, or empty for the whole server. */
  | { readonly grpc: string };
