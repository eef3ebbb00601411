/** What is worth another try (Envoy's retry_on words), and how long to wait before it. */
import type { Chance } from '../../base/chance.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { RateLimitedBackOffConfig, RetryConfig, RetryOn } from '../config/retry.ts';
import type { FailureCode } from '../failures.ts';
import type { InjectedAnswer } from '../filters/http/filter.ts';
import { GrpcStatus } from '../grpc/status.ts';
import { compileHeaderCondition } from '../router/condition.ts';
import type { Fields } from '../router/match.ts';
import type { Cut } from '../shaping/stage.ts';

/**
 * How a try ended: with an answer, or without one. `grpcStatus`: from a head that is the whole answer
 * (trailers-only); -1 where it tells none.
 */
export type TryOutcome =
  | { readonly status: number; readonly grpcStatus: number; readonly fields: Fields }
  | { readonly failure: FailureCode };

/** Why a try has no answer, or no whole one. */
export interface TryFailure {
  readonly code: FailureCode;
  readonly detail: string;
  /** What becomes of an answer that has begun; undefined: it is cut off. */
  readonly how: Cut | undefined;
}

/** What a route's policy takes for worth another try. */
export interface RetryCauses {
  readonly on: ReadonlySet<RetryOn>;
  readonly statusCodes: readonly number[];
  /** For `retriable-headers`. */
  readonly headers: readonly ((answer: Fields) => boolean)[];
}

export function compileCauses({
  on,
  statusCodes = [],
  headers = [],
}: Pick<RetryConfig, 'on' | 'statusCodes' | 'headers'>): RetryCauses {
  return { on: new Set(on), statusCodes, headers: headers.map(compileHeaderCondition) };
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
  'per-try-idle-timeout',
]);
const CONNECT_FAILURES: ReadonlySet<FailureCode> = new Set([
  'connect-failure',
  'identity-mismatch',
]);

export function isRetriable(causes: RetryCauses, outcome: TryOutcome): boolean {
  const { on } = causes;
  if (on.size === 0) return false;
  if ('status' in outcome) {
    // Envoy: another try would only add to what the limit is there for, unless it is asked for.
    if (outcome.fields.names.includes('x-envoy-ratelimited')) return on.has('envoy-ratelimited');
    return isRetriableAnswer(causes, outcome) || isRetriableGrpc(on, outcome.grpcStatus);
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

function isRetriableAnswer(
  { on, statusCodes, headers }: RetryCauses,
  { status, fields }: Extract<TryOutcome, { status: number }>,
): boolean {
  if (on.has('retriable-status-codes') && statusCodes.includes(status)) return true;
  if (on.has('retriable-headers') && headers.some((fits) => fits(fields))) return true;
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

/**
 * The wait that an answer asks for itself, with up to half of it on top, so that not all who were
 * refused come back at once (Envoy's rate_limited_retry_back_off); undefined: it asks for none that
 * is believed.
 * @param wall milliseconds since 1970
 */
export function rateLimitedBackOff(
  { resetHeaders, max }: RateLimitedBackOffConfig,
  { names, values }: Fields,
  wall: Milliseconds,
  chance: Chance,
): Milliseconds | undefined {
  for (const { name, format } of resetHeaders) {
    const text = values[names.indexOf(name)] ?? '';
    // Envoy reads no dates here, though Retry-After may be one (RFC 9110 §10.2.3).
    if (!/^\d{1,15}$/.test(text)) continue;
    const wait = Number(text) * 1000 - (format === 'unixTimestamp' ? wall : 0);
    if (wait > 0 && wait <= max) return wait * (1 + chance.next() / 2);
  }
  return undefined;
}

/** The header lines of an answer that a fault gives. */
export function fieldsOf({ headers = [] }: InjectedAnswer): Fields {
  return { names: headers.map(([name]) => name), values: headers.map(([, value]) => value) };
}

/** RFC 9110 §9.2.2: these may be sent again without asking when a reused connection fails at once. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

export function isIdempotent(method: string): boolean {
  return IDEMPOTENT.has(method);
}
