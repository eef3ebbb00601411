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

export const loadBalancing = z.object({
  algorithm: z.enum(['roundRobin', 'leastRequest', 'random', 'maglev', 'ringHash']),
  /** Of maglev and ringHash. */
  hash: hashSource.exactOptional(),
  /** Of roundRobin and leastRequest. */
  slowStart: z
    .object({ window: milliseconds, aggression: z.number(), minWeightPercent: percent })
    .exactOptional(),
});

const count = z.number().int().min(0);

/** How much of a version one caller may use at a time. */
export const circuitBreaker = z.object({
  maxConnections: count,
  maxPendingRequests: count,
  maxRequests: count,
  maxRetries: count,
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

/** How a service's instances are called, whoever calls. */
export const upstreamPolicy = z.object({
  loadBalancing: loadBalancing.exactOptional(),
  circuitBreaker: circuitBreaker.exactOptional(),
  connectionPool: connectionPool.exactOptional(),
});

export type HashSource = z.infer<typeof hashSource>;
export type CircuitBreaker = z.infer<typeof circuitBreaker>;
export type ConnectionPool = z.infer<typeof connectionPool>;
export type LoadBalancing = z.infer<typeof loadBalancing>;
export type UpstreamPolicy = z.infer<typeof upstreamPolicy>;
