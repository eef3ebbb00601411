/** What a document says of a service's instances, with every default filled in. */
import { parseDuration } from '../../base/units.ts';
import type { Milliseconds } from '../../base/units.ts';
import { DEFAULT_CIRCUIT_BREAKER, DEFAULT_RETRY_BUDGET } from '../policies/circuit-breaker.ts';
import {
  DEFAULT_ACTIVE_HEALTH_CHECK,
  DEFAULT_EXPECTED_STATUSES,
} from '../policies/health-check.ts';
import { DEFAULT_OUTLIER_DETECTION, DEFAULT_SUCCESS_RATE } from '../policies/outlier-detection.ts';
import type { MeshDocument } from '../schema/document.ts';
import type {
  ActiveHealthCheck,
  CircuitBreaker,
  HashSource,
  LoadBalancing,
  LocalityPolicy,
  OutlierDetection,
  UpstreamPolicy,
} from '../upstream.ts';

type TrafficInput = NonNullable<NonNullable<MeshDocument['traffic']>[string]>;

export function normalizeUpstream(input: TrafficInput): UpstreamPolicy {
  const { loadBalancing, circuitBreaker, connectionPool, outlierDetection, healthCheck } = input;
  return {
    ...(loadBalancing !== undefined && { loadBalancing: normalizeLoadBalancing(loadBalancing) }),
    ...(circuitBreaker && { circuitBreaker: normalizeCircuitBreaker(circuitBreaker) }),
    ...(connectionPool && { connectionPool: durationsRead(connectionPool) }),
    ...(outlierDetection && { outlierDetection: normalizeOutliers(outlierDetection) }),
    ...(healthCheck && { healthCheck: normalizeHealthCheck(healthCheck) }),
  };
}

type CircuitBreakerInput = NonNullable<TrafficInput['circuitBreaker']>;

function normalizeCircuitBreaker({ retryBudget, ...rest }: CircuitBreakerInput): CircuitBreaker {
  return {
    ...withDefaults(rest, DEFAULT_CIRCUIT_BREAKER),
    ...(retryBudget && { retryBudget: withDefaults(retryBudget, DEFAULT_RETRY_BUDGET) }),
  };
}

type LoadBalancingInput = NonNullable<TrafficInput['loadBalancing']>;

function normalizeLoadBalancing(input: LoadBalancingInput): LoadBalancing {
  if (typeof input === 'string') return { algorithm: input };
  const { hash, locality, panicThreshold, slowStart } = input;
  const source = hash && normalizeHash(hash);
  return {
    algorithm: input.algorithm ?? (hash ? 'maglev' : 'roundRobin'),
    ...(source && { hash: source }),
    ...(panicThreshold !== undefined && { panicThreshold }),
    ...(slowStart && {
      slowStart: {
        window: ms(slowStart.window),
        aggression: slowStart.aggression ?? 1,
        minWeightPercent: slowStart.minWeightPercent ?? 10,
      },
    }),
    ...(locality && { locality: normalizeLocality(locality) }),
  };
}

type LocalityInput = NonNullable<Exclude<LoadBalancingInput, string>['locality']>;

function normalizeLocality({ enabled, failover, distribute }: LocalityInput): LocalityPolicy {
  return {
    enabled: enabled ?? true,
    ...(failover && { failover }),
    ...(distribute && { distribute }),
  };
}

type HashInput = NonNullable<Exclude<LoadBalancingInput, string>['hash']>;

/** Undefined where it names nothing; a check says so. */
function normalizeHash({ header, cookie, path, ttl, source }: HashInput): HashSource | undefined {
  if (header !== undefined) return { header: header.toLowerCase() };
  if (cookie !== undefined) {
    return { cookie, path: path ?? '/', ...(ttl !== undefined && { ttl: ms(ttl) }) };
  }
  return source && { source };
}

type OutlierInput = NonNullable<TrafficInput['outlierDetection']>;

function normalizeOutliers({ successRate, ...rest }: OutlierInput): OutlierDetection {
  return {
    ...withDefaults(rest, DEFAULT_OUTLIER_DETECTION),
    ...(successRate && { successRate: withDefaults(successRate, DEFAULT_SUCCESS_RATE) }),
  };
}

type HealthCheckInput = NonNullable<TrafficInput['healthCheck']>;

function normalizeHealthCheck(input: HealthCheckInput): ActiveHealthCheck {
  const { path: _path, expectedStatuses: _statuses, tcp: _tcp, grpc: _grpc, ...rest } = input;
  return { check: probeOf(input), ...withDefaults(rest, DEFAULT_ACTIVE_HEALTH_CHECK) };
}

/** Where nothing is named, a connection; a check says so. */
function probeOf({ path, expectedStatuses, grpc }: HealthCheckInput): ActiveHealthCheck['check'] {
  if (path !== undefined) {
    return { path, expectedStatuses: expectedStatuses ?? [...DEFAULT_EXPECTED_STATUSES] };
  }
  return grpc !== undefined ? { grpc } : { tcp: true };
}

/** What is undefined is not given. */
function withDefaults<T extends object>(
  input: { readonly [K in keyof T]?: unknown },
  defaults: T,
): T {
  return { ...defaults, ...durationsRead(input) };
}

/** Without what is undefined, and every duration in milliseconds. */
function durationsRead(input: object): Record<string, number> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => [key, typeof value === 'string' ? ms(value) : Number(value)]),
  );
}

/** A duration that the schema has let through. */
function ms(text: string): Milliseconds {
  return parseDuration(text) as Milliseconds;
}
