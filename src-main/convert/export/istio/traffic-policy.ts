/** How a service's instances are called: the trafficPolicy of its DestinationRule. */
import { formatDuration } from '../../../base/units.ts';
import type { TrafficPolicy } from '../../../spec/mesh.ts';
import type {
  CircuitBreaker,
  HashSource,
  LoadBalancing,
  OutlierDetection,
} from '../../../spec/upstream.ts';
import { localityPart } from './locality.ts';

type Part = Record<string, unknown>;

/** Without its TLS. */
export function upstreamParts(policy: TrafficPolicy | undefined): Part {
  const pool = policy && connectionPool(policy);
  return {
    loadBalancer: {
      ...loadBalancer(policy?.loadBalancing ?? DEFAULT),
      ...localityPart(policy?.loadBalancing?.locality),
    },
    ...(pool && { connectionPool: pool }),
    ...retryBudget(policy?.circuitBreaker),
    ...(policy?.outlierDetection && {
      outlierDetection: outlierPart(policy.outlierDetection, policy.loadBalancing?.panicThreshold),
    }),
  };
}

function retryBudget({ retryBudget: budget }: Partial<CircuitBreaker> = {}): Part {
  if (!budget) return {};
  const { budgetPercent: percent, minRetryConcurrency } = budget;
  return { retryBudget: { percent, minRetryConcurrency } };
}

/** What Istio calls so is Envoy's circuit breaker as well. */
function connectionPool(policy: TrafficPolicy): Part | undefined {
  const { circuitBreaker, connectionPool: { connectTimeout, idleTimeout, ...pool } = {} } = policy;
  const tcp = {
    ...(circuitBreaker && { maxConnections: circuitBreaker.maxConnections }),
    ...(connectTimeout !== undefined && { connectTimeout: formatDuration(connectTimeout) }),
    ...(pool.tcpKeepalive && { tcpKeepalive: { time: formatDuration(pool.tcpKeepalive) } }),
  };
  const { maxRequestsPerConnection } = pool;
  const http = {
    ...(circuitBreaker && {
      http1MaxPendingRequests: circuitBreaker.maxPendingRequests,
      http2MaxRequests: circuitBreaker.maxRequests,
      maxRetries: circuitBreaker.maxRetries,
    }),
    ...(maxRequestsPerConnection !== undefined && { maxRequestsPerConnection }),
    ...(idleTimeout !== undefined && { idleTimeout: formatDuration(idleTimeout) }),
  };
  const parts = { ...present({ tcp }), ...present({ http }) };
  return Object.keys(parts).length > 0 ? parts : undefined;
}

/** Envoy's panic threshold, which Istio switches off where nothing is said. */
const PANIC_THRESHOLD = 50;

function outlierPart(policy: OutlierDetection, panicThreshold = PANIC_THRESHOLD): Part {
  const { consecutiveLocalOriginFailures: local } = policy;
  return {
    consecutive5xxErrors: policy.consecutive5xx,
    consecutiveGatewayErrors: policy.consecutiveGatewayErrors,
    ...(local !== undefined && {
      splitExternalLocalOriginErrors: true,
      consecutiveLocalOriginFailures: local,
    }),
    interval: formatDuration(policy.interval),
    baseEjectionTime: formatDuration(policy.baseEjectionTime),
    maxEjectionPercent: Math.round(policy.maxEjectionPercent),
    minHealthPercent: Math.round(panicThreshold),
  };
}

/** Without what has nothing in it. */
function present(part: Record<string, Part>): Part {
  return Object.fromEntries(
    Object.entries(part).filter(([, value]) => Object.keys(value).length > 0),
  );
}

/** Said, since Istio's own default is LEAST_REQUEST. */
const DEFAULT: LoadBalancing = { algorithm: 'roundRobin' };

const SIMPLE = { roundRobin: 'ROUND_ROBIN', leastRequest: 'LEAST_REQUEST', random: 'RANDOM' };
/** Envoy's sizes, which are ours too. */
const TABLES = { maglev: { tableSize: 65537 }, ringHash: { minimumRingSize: 1024 } };

function loadBalancer({ algorithm, hash, slowStart }: LoadBalancing): Part {
  if (algorithm === 'maglev' || algorithm === 'ringHash') {
    const source = hash && consistentHash(hash);
    return { consistentHash: { ...source, [algorithm]: TABLES[algorithm] } };
  }
  return {
    simple: SIMPLE[algorithm],
    ...(slowStart && {
      warmup: {
        duration: formatDuration(slowStart.window),
        aggression: slowStart.aggression,
        minimumPercent: slowStart.minWeightPercent,
      },
    }),
  };
}

function consistentHash(source: HashSource): Part {
  if ('source' in source) return { useSourceIp: true };
  if ('header' in source) return { httpHeaderName: source.header };
  const { cookie, path, ttl } = source;
  return {
    httpCookie: { name: cookie, path, ...(ttl !== undefined && { ttl: formatDuration(ttl) }) },
  };
}
