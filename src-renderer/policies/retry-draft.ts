/** Retries as they are typed. Pure. */
import { formatDuration, parseDuration } from '../../src-main/api/contract/index.ts';
import type { RetryOn, TrafficPolicy } from '../../src-main/api/contract/index.ts';

export type Retry = NonNullable<TrafficPolicy['retry']>;

export interface RetryDraft {
  readonly attempts: number;
  /** Empty: none. */
  readonly perTryTimeout: string;
  readonly on: readonly RetryOn[];
  /** What the form does not show. */
  readonly kept?: Pick<Retry, 'statusCodes' | 'backOff'>;
}

export type RetryErrors = Partial<Record<'perTryTimeout' | 'on', string>>;

/** The document takes no more. */
export const MOST_ATTEMPTS = 20;

/** What each condition means, in the order in which they are offered. */
export const CONDITIONS: Readonly<Record<RetryOn, string>> = {
  'gateway-error': 'the answer is 502, 503 or 504, or there is none',
  '5xx': 'the answer is any 5xx, or there is none',
  'connect-failure': 'no connection could be made',
  'refused-stream': 'the service refused the stream (HTTP/2)',
  reset: 'the connection ended without an answer',
  'reset-before-request': 'nothing of the request was sent',
  'retriable-4xx': 'the answer is 409',
  'retriable-status-codes': 'the answer is one of the statuses that the document names',
  'retriable-headers': 'the answer has one of the headers that the document names',
  'envoy-ratelimited': 'a rate limit refused it',
  cancelled: 'gRPC: CANCELLED',
  'deadline-exceeded': 'gRPC: DEADLINE_EXCEEDED',
  internal: 'gRPC: INTERNAL',
  'resource-exhausted': 'gRPC: RESOURCE_EXHAUSTED',
  unavailable: 'gRPC: UNAVAILABLE',
};

/** Istio's default: two more tries where the service was not reached. */
export function retryDraft(retry: Retry | undefined): RetryDraft {
  if (!retry)
    return {
      attempts: 2,
      perTryTimeout: '',
      on: ['gateway-error', 'connect-failure', 'refused-stream'],
    };
  const { attempts, perTryTimeout, on, ...kept } = retry;
  return {
    attempts,
    perTryTimeout: perTryTimeout === undefined ? '' : formatDuration(perTryTimeout),
    on,
    ...(Object.keys(kept).length > 0 && { kept }),
  };
}

export function retryErrors({ perTryTimeout, on, kept }: RetryDraft): RetryErrors {
  const text = perTryTimeout.trim();
  return {
    ...(text !== '' &&
      !parseDuration(text) && { perTryTimeout: 'A number with its unit: 300ms, 2s; empty: none.' }),
    ...(on.includes('retriable-status-codes') &&
      !kept?.statusCodes && { on: 'Write the statuses into the document first: statusCodes.' }),
    ...(on.length === 0 && { on: 'At least one reason to try again.' }),
  };
}

/** The draft has no errors. */
export function toRetry({ attempts, perTryTimeout, on, kept }: RetryDraft): Retry {
  const each = parseDuration(perTryTimeout.trim());
  return { ...kept, attempts, on: [...on], ...(each !== undefined && { perTryTimeout: each }) };
}

/** `2 more tries, 500ms each, on 5xx, reset`. */
export function describeRetry(retry: Retry | undefined): string {
  if (!retry || retry.attempts === 0) return 'none';
  const tries = `${retry.attempts} more ${retry.attempts === 1 ? 'try' : 'tries'}`;
  const each =
    retry.perTryTimeout === undefined ? '' : `, ${formatDuration(retry.perTryTimeout)} each`;
  return `${tries}${each}, on ${retry.on.join(', ')}`;
}
