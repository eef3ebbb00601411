/** What the checked mesh says of a service's instances: how one is chosen, and how they are spared. */
import { z } from 'zod';

const milliseconds = z.number().min(0);
const percent = z.number().min(0).max(100);

/** What requests are told apart by, so that the same ones go to the same instance. */
export const hashSource = z.union([
  /** Lower-case name. */
  z.object({ header: z.string() }),
  z.object({
    cookie: z.string(),
    path: z.string(),
    /** A caller without the cookie is given one; 0: for its session. Absent: it is given none. */
    ttl: milliseconds.exactOptional(),
  }),
  z.object({ source: z.literal('address') }),
]);

/** How far requests go for an instance (Istio's localityLbSetting). */
export const localityPolicy = z.object({
  enabled: z.boolean(),
  /** By region; absent: all regions but one's own are equally far. */
  failover: z.array(z.object({ from: z.string(), to: z.string() })).exactOptional(),
  /** Shares in per cent by locality, which may have `*` for any; the first that fits the caller. */
  distribute: z
    .array(z.object({ from: z.string(), to: z.record(z.string(), percent) }))
    .exactOptional(),
});

export const loadBalancing = z.object({
  algorithm: z.enum(['roundRobin', 'leastRequest', 'random', 'maglev', 'ringHash']),
  /** Of maglev and ringHash. */
  hash: hashSource.exactOptional(),
  /** With fewer per cent of the instances of a priority well, all are asked. Absent: 50. */
  panicThreshold: percent.exactOptional(),
  /** Of roundRobin and leastRequest. */
  slowStart: z
    .object({ window: milliseconds, aggression: z.number(), minWeightPercent: percent })
    .exactOptional(),
  /** Absent: the nearest first, where it is known which are well. */
  locality: localityPolicy.exactOptional(),
});

const count = z.number().int().min(0);

/** How much of a version one caller may use at a time. */
export const circuitBreaker = z.object({
  maxConnections: count,
  maxPendingRequests: count,
  maxRequests: count,
  maxRetries: count,
  /** Counts instead of `maxRetries`. */
  retryBudget: z.object({ budgetPercent: percent, minRetryConcurrency: count }).exactOptional(),
});

/** What is absent has the data plane's default. */
export const connectionPool = z.object({
  connectTimeout: milliseconds.exactOptional(),
  idleTimeout: milliseconds.exactOptional(),
  /** 0: no limit. */
  maxRequestsPerConnection: count.exactOptional(),
  /** Until the first probe. */
  tcpKeepalive: milliseconds.exactOptional(),
});

/** When a caller leaves an instance out that keeps failing. */
export const outlierDetection = z.object({
  /** In a row; 0: does not count. */
  consecutive5xx: count,
  consecutiveGatewayErrors: count,
  /** Absent: what got no answer counts as 503 or 504 in the two others. */
  consecutiveLocalOriginFailures: count.exactOptional(),
  interval: milliseconds,
  baseEjectionTime: milliseconds,
  maxEjectionTime: milliseconds,
  maxEjectionPercent: percent,
  successRate: z
    .object({ minimumHosts: count, requestVolume: count, stdevFactor: z.number() })
    .exactOptional(),
});

/** How callers' proxies ask instances whether they are well. */
export const activeHealthCheck = z.object({
  check: z.union([
    z.object({ path: z.string(), expectedStatuses: z.array(z.number().int()).min(1) }),
    z.object({ tcp: z.literal(true) }),
    /** A service's name, or empty for the whole server. */
    z.object({ grpc: z.string() }),
  ]),
  interval: milliseconds,
  timeout: milliseconds,
  jitter: milliseconds,
  healthyThreshold: z.number().int().min(1),
  unhealthyThreshold: z.number().int().min(1),
});

/** How a service's instances are called, whoever calls. */
export const upstreamPolicy = z.object({
  loadBalancing: loadBalancing.exactOptional(),
  circuitBreaker: circuitBreaker.exactOptional(),
  connectionPool: connectionPool.exactOptional(),
  outlierDetection: outlierDetection.exactOptional(),
  healthCheck: activeHealthCheck.exactOptional(),
});

export type HashSource = z.infer<typeof hashSource>;
export type CircuitBreaker = z.infer<typeof circuitBreaker>;
export type ConnectionPool = z.infer<typeof connectionPool>;
export type LocalityPolicy = z.infer<typeof localityPolicy>;
export type LoadBalancing = z.infer<typeof loadBalancing>;
export type OutlierDetection = z.infer<typeof outlierDetection>;
export type ActiveHealthCheck = z.infer<typeof activeHealthCheck>;
export type UpstreamPolicy = z.infer<typeof upstreamPolicy>;
