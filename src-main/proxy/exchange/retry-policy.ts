/** What is worth another try (Envoy's retry_on words), and how long to wait before it. */
import type { Chance } from '../../base/chance.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { RetryConfig, RetryOn } from '../config.ts';
import type { FailureCode } from '../failures.ts';
import { GrpcStatus } from '../grpc/status.ts';

/**
 * How a try ended: with an answer's status, or without one. `grpcStatus`: from a head that is the whole
 * answer (trailers-only); -1 where it tells none.
 */
export type TryOutcome =
  | {
      readonly status: number;
      readonly grpcStatus: number;
      /** It has the header x-envoy-ratelimited. */
      readonly isRateLimited: boolean;
    }
  | { readonly failure: FailureCode };

/** What a route's policy takes for worth another try. */
export interface RetryCauses {
  readonly on: ReadonlySet<RetryOn>;
  readonly statusCodes: readonly number[];
}

/** Envoy's retry_grpc_on; the statuses are gRPC's. */
const GRPC_WORDS: readonly (readonly [RetryOn, number])[] = [
  ['cancelled', GrpcStatus.CANCELLED],
  ['deadline-exceeded', GrpcStatus.DEADLINE_EXCEEDED],
  ['internal', GrpcStatus.INTERNAL],
  ['resource-exhausted', GrpcStatus.RESOURCE_EXHAUSTED],
  ['unavailable', GrpcStatus.UNAVAILABLE],
];

/** No answer at all counts as a reset; Envoy counts it for 5xx and gateway-error as well. */
const RESETS: ReadonlySet<FailureCode> = new Set([
  'upstream-reset',
  'refused-stream',
  'upstream-protocol',
  'per-try-timeout',
]);
const CONNECT_FAILURES: ReadonlySet<FailureCode> = new Set([
  'connect-failure',
  'identity-mismatch',
]);

export function isRetriable(causes: RetryCauses, outcome: TryOutcome): boolean {
  const { on } = causes;
  if ('status' in outcome) {
    // Envoy: another try would only add to what the limit is there for, unless it is asked for.
    if (outcome.isRateLimited) return on.has('envoy-ratelimited');
    return isRetriableStatus(causes, outcome.status) || isRetriableGrpc(on, outcome.grpcStatus);
  }
  if (CONNECT_FAILURES.has(outcome.failure)) {
    const words = ['connect-failure', 'reset-before-request', '5xx', 'gateway-error'] as const;
    return words.some((word) => on.has(word));
  }
  // The endpoint never looked at the request (RFC 9113 §8.7).
  if (outcome.failure === 'refused-stream' && on.has('refused-stream')) return true;
  if (!RESETS.has(outcome.failure)) return false;
  return on.has('reset') || on.has('5xx') || on.has('gateway-error');
}

function isRetriableGrpc(on: ReadonlySet<RetryOn>, status: number): boolean {
  return GRPC_WORDS.some(([word, code]) => code === status && on.has(word));
}

function isRetriableStatus({ on, statusCodes }: RetryCauses, status: number): boolean {
  if (on.has('retriable-status-codes') && statusCodes.includes(status)) return true;
  if (status >= 500 && on.has('5xx')) return true;
  if (status >= 502 && status <= 504 && on.has('gateway-error')) return true;
  return status === 409 && on.has('retriable-4xx');
}

/**
 * Exponential back-off with full jitter, as Envoy's: before retry n (from 1) a random time up to
 * `base` · (2^n − 1), at most `max`.
 */
export function backOff(
  config: RetryConfig['backOff'],
  retry: number,
  chance: Chance,
): Milliseconds {
  const { base, max } = config;
  return chance.next() * Math.min(max, base * (2 ** retry - 1));
}

/** RFC 9110 §9.2.2: these may be sent again without asking when a reused connection fails at once. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

export function isIdempotent(method: string): boolean {
  return IDEMPOTENT.has(method);
}
