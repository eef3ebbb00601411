/**
 * What a caller may say of one request itself, by Envoy's headers: how long it may take and how often
 * it is tried. Headers whose value is none are ignored, as Envoy does; so is whatever a route's policy
 * does not allow callers to say.
 */
import type { Milliseconds } from '../../base/units.ts';
import type { RetryConfig, RetryOn } from '../config/retry.ts';
import type { Fields } from '../router/match.ts';
import type { Route } from '../router/route.ts';
import { tryPolicy } from '../router/try-policy.ts';
import type { TryPolicy } from '../router/try-policy.ts';

/** The document allows no more either. */
const MOST_ATTEMPTS = 20;
/** Timers of Node end at 2^31 ms. */
const LONGEST: Milliseconds = 24 * 3_600_000;

/** Envoy's default for a retry that only a header asks for. */
const ASKED_FOR: RetryConfig = {
  attempts: 1,
  perTryTimeout: 0,
  on: [],
  backOff: { base: 25, max: 250 },
};

const WORDS: ReadonlySet<string> = new Set<RetryOn>([
  '5xx',
  'gateway-error',
  'connect-failure',
  'reset',
  'reset-before-request',
  'retriable-4xx',
  'retriable-status-codes',
  'envoy-ratelimited',
  'refused-stream',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

/** The route's policy as it is for this request. */
export function policyFor({ config, tryPolicy: policy }: Route, request: Fields): TryPolicy {
  return config.callerOverrides ? overridden(policy, request) : policy;
}

export function overridden(policy: TryPolicy, request: Fields): TryPolicy {
  if (!request.names.some((name) => name.startsWith('x-envoy-'))) return policy;
  const timeout = numberOf(request, 'x-envoy-upstream-rq-timeout-ms', LONGEST) ?? policy.timeout;
  const onTimeout = valueOf(request, 'x-envoy-hedge-on-per-try-timeout');
  const { attempts = 1, ...hedge } = policy.hedge ?? {};
  const hedged =
    onTimeout === undefined
      ? policy.hedge
      : { ...hedge, attempts, onPerTryTimeout: onTimeout === 'true' };
  return tryPolicy(timeout, retryOf(policy.retry, request, timeout), hedged);
}

function retryOf(
  given: RetryConfig | undefined,
  request: Fields,
  timeout: Milliseconds,
): RetryConfig | undefined {
  const words = ['x-envoy-retry-on', 'x-envoy-retry-grpc-on'].flatMap((name) =>
    listOf(request, name).filter((word): word is RetryOn => WORDS.has(word)),
  );
  if (!given && words.length === 0) return undefined;
  const before = given ?? ASKED_FOR;
  const codes = listOf(request, 'x-envoy-retriable-status-codes').map(Number);
  const attempts = numberOf(request, 'x-envoy-max-retries', MOST_ATTEMPTS);
  const perTry = numberOf(request, 'x-envoy-upstream-rq-per-try-timeout-ms', LONGEST);
  const perTryTimeout = perTry ?? before.perTryTimeout;
  return {
    ...before,
    attempts: attempts ?? before.attempts,
    // Envoy: a time for each that is not below the time for all says nothing.
    perTryTimeout: timeout > 0 && perTryTimeout >= timeout ? 0 : perTryTimeout,
    on: [...before.on, ...words],
    statusCodes: [...(before.statusCodes ?? []), ...codes],
  };
}

function valueOf({ names, values }: Fields, name: string): string | undefined {
  return values[names.indexOf(name)];
}

function listOf(request: Fields, name: string): string[] {
  return (valueOf(request, name) ?? '').split(',').map((part) => part.trim());
}

/** What is above `most` is `most`. */
function numberOf(request: Fields, name: string, most: number): number | undefined {
  const text = valueOf(request, name) ?? '';
  return /^\d{1,15}$/.test(text) ? Math.min(most, Number(text)) : undefined;
}
