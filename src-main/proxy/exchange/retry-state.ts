/** How often one request has been tried, and whether it may be tried again (Envoy's retry state). */
import type { Chance } from '../../base/chance.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { CircuitBreaker } from '../cluster/circuit-breaker.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { FailureCode } from '../failures.ts';
import type { Route } from '../router/route.ts';
import type { RequestBody } from './request-body.ts';
import { backOff, isIdempotent, isRetriable } from './retry-policy.ts';
import type { TryOutcome } from './retry-policy.ts';

/** Every try leaves a request's body as it was, as long as that is replayable. */
export class RetryState {
  /** Tries begun, of all kinds. */
  tries = 0;
  /** Another try was worth it, but too many are on their way already (Envoy's UO). */
  overflowed = false;
  readonly #route: Route;
  readonly #body: RequestBody;
  readonly #breaker: CircuitBreaker | undefined;
  /** Tries made after the first by the route's policy. */
  #retries = 0;
  /** The one extra try that a stale connection or a refused stream costs has been used. */
  #resent = false;
  /** One of the breaker's retries is this request's. */
  #isCounted = false;

  constructor(route: Route, body: RequestBody, breaker: CircuitBreaker | undefined) {
    this.#route = route;
    this.#body = body;
    this.#breaker = breaker;
  }

  /** How long to wait before the next try; undefined: the policy allows none after this outcome. */
  next(outcome: TryOutcome, chance: Chance): Milliseconds | undefined {
    this.release();
    const { retry } = this.#route.config;
    if (!retry || this.#retries >= retry.attempts || !this.#body.replayable) return undefined;
    if (!isRetriable(this.#route.retryCauses, outcome)) return undefined;
    this.overflowed = this.#breaker !== undefined && !this.#breaker.mayRetry;
    if (this.overflowed) return undefined;
    this.#count();
    return backOff(retry.backOff, ++this.#retries, chance);
  }

  /** The request is over, or its try is: another one may be tried again. */
  release(): void {
    if (this.#isCounted && this.#breaker) this.#breaker.retries--;
    this.#isCounted = false;
  }

  #count(): void {
    if (!this.#breaker) return;
    this.#breaker.retries++;
    this.#isCounted = true;
  }

  /** Envoy's URX: retries were allowed, and the last of them failed as well. */
  isExhausted(outcome: TryOutcome): boolean {
    return this.#retries > 0 && isRetriable(this.#route.retryCauses, outcome);
  }

  /**
   * Whether the request is to be sent again at once, outside the policy; true once. A reused connection
   * that ends without an answer was closed as we wrote (RFC 9112 §9.3.1, `stale`); a stream that was
   * refused was never looked at, so its request may be any (RFC 9113 §8.7).
   */
  resend({ method }: RequestHead, code: FailureCode, stale: boolean): boolean {
    const isSafe = code === 'refused-stream' || (stale && isIdempotent(method));
    if (this.#resent || !isSafe || !this.#body.replayable) return false;
    this.#resent = true;
    return true;
  }
}
