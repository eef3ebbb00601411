/** Further tries of a request: after what, when, where; and tries beside each other. Names are Envoy's. */
import type { Bytes, Milliseconds, Percent } from '../../base/units.ts';
import type { MatchCondition } from '../config.ts';

/** Envoy's words for what is worth another try. */
export type RetryOn =
  | '5xx'
  | 'gateway-error'
  | 'connect-failure'
  | 'reset'
  | 'reset-before-request'
  | 'retriable-4xx'
  | 'retriable-status-codes'
  | 'retriable-headers'
  | 'envoy-ratelimited'
  | 'refused-stream'
  | 'cancelled'
  | 'deadline-exceeded'
  | 'internal'
  | 'resource-exhausted'
  | 'unavailable';

export interface RetryConfig {
  /** Tries after the first. */
  readonly attempts: number;
  /** From when the request is whole to the answer's head; 0: none of its own. */
  readonly perTryTimeout: Milliseconds;
  /** No byte has moved, either way, since the request was whole; absent: for ever. */
  readonly perTryIdleTimeout?: Milliseconds;
  readonly on: readonly RetryOn[];
  /** For `retriable-status-codes`. */
  readonly statusCodes?: readonly number[];
  /** For `retriable-headers`: of the answer; one of them must fit. */
  readonly headers?: readonly MatchCondition[];
  /** Full-jitter exponential back-off: `base`, doubled each time, at most `max` (Envoy: 25/250). */
  readonly backOff: { readonly base: Milliseconds; readonly max: Milliseconds };
  /** Instead, where the answer says itself when to come back. */
  readonly rateLimitedBackOff?: RateLimitedBackOffConfig;
  /** The largest body that is kept for another try; absent: the proxy's own limit. */
  readonly bufferBytes?: Bytes;
  /**
   * Endpoints that the request has been tried at are left out where there are others (Istio's name;
   * Envoy's previous_hosts). Absent: true.
   */
  readonly ignorePreviousHosts?: boolean;
}

/** Envoy's rate_limited_retry_back_off. */
export interface RateLimitedBackOffConfig {
  /** Of the answer, names in lower case; the first that says a time within `max` is believed. */
  readonly resetHeaders: readonly {
    readonly name: string;
    readonly format: 'seconds' | 'unixTimestamp';
  }[];
  readonly max: Milliseconds;
}

/** Envoy's retry_budget: how many of a cluster's requests may be further tries, instead of a number. */
export interface RetryBudgetConfig {
  /** Of the requests that run or wait for a connection. */
  readonly budgetPercent: Percent;
  /** So many may be in any case. */
  readonly minRetryConcurrency: number;
}

/** Tries beside each other (Envoy's hedge_policy); the first good answer wins. */
export interface HedgeConfig {
  /** From when the request is whole to the next try, and from each to the one after it; absent: none. */
  readonly after?: Milliseconds;
  /** Tries started so, at most. */
  readonly attempts: number;
  /**
   * A try that is over its `perTryTimeout` goes on, and the retry that would follow it starts beside it
   * (Envoy's hedge_on_per_try_timeout).
   */
  readonly onPerTryTimeout?: boolean;
}
