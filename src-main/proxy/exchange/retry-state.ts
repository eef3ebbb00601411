/** How often one request has been tried, where, and whether it may be tried again (Envoy's retry state). */
import type { Chance } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { Tried } from '../cluster/balance/balancer.ts';
import type { CircuitBreaker } from '../cluster/circuit-breaker.ts';
import type { EndpointPool } from '../cluster/endpoint-pool.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { RetryConfig } from '../config/retry.ts';
import type { FailureCode } from '../failures.ts';
import { HopFlag } from '../hop.ts';
import type { TryPolicy } from '../router/try-policy.ts';
import type { RequestBody } from './request-body.ts';
import { backOff, isIdempotent, isRetriable, rateLimitedBackOff } from './retry-policy.ts';
import type { TryOutcome } from './retry-policy.ts';

/** What a wait is reckoned with. */
export interface Reckoning {
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Why there is no further try though the outcome is worth one; empty: there is one, or it is not. */
type Refusal = 'overflow' | 'body' | 'exhausted' | 'none' | '';

/** How a hop tells it. */
const REFUSAL_FLAGS: Record<Refusal, number> = {
  overflow: HopFlag.OPEN_CIRCUIT,
  body: HopFlag.RETRY_ABANDONED,
  exhausted: HopFlag.RETRY_LIMIT,
  none: 0,
  '': 0,
};

/** Every try leaves a request's body as it was, as long as that is replayable. */
export class RetryState {
  /** Tries begun, of all kinds. */
  tries = 0;
  readonly #policy: TryPolicy;
  readonly #body: RequestBody;
  readonly #breaker: CircuitBreaker | undefined;
  #refusal: Refusal = '';
  /** Tries made after the first by the route's policy. */
  #retries = 0;
  /** The one extra try that a stale connection or a refused stream costs has been used. */
  #resent = false;
  /** So many of the breaker's retries are this request's. */
  #counted = 0;
  #tried: Set<EndpointPool> | undefined;

  constructor(policy: TryPolicy, body: RequestBody, breaker: CircuitBreaker | undefined) {
    this.#policy = policy;
    this.#body = body;
    this.#breaker = breaker;
  }

  /** Bits of HopFlag: why `next` has allowed no further try after the outcome that it was last asked about. */
  get refusalFlags(): number {
    return REFUSAL_FLAGS[this.#refusal];
  }

  /** Endpoints that the next try is to leave out, where there are others. */
  get tried(): Tried<EndpointPool> {
    return this.#policy.retry?.ignorePreviousHosts === false ? undefined : this.#tried;
  }

  noteTried(pool: EndpointPool | undefined): void {
    if (!pool) return;
    this.#tried ??= new Set();
    this.#tried.add(pool);
  }

  /** How long to wait before the next try; undefined: the policy allows none after this outcome. */
  next(outcome: TryOutcome, reckoning: Reckoning): Milliseconds | undefined {
    this.release();
    const { retry, causes } = this.#policy;
    this.#refusal = '';
    if (!retry || !isRetriable(causes, outcome)) return undefined;
    this.#refusal = this.#refusalOf(retry);
    if (this.#refusal !== '') return undefined;
    this.#count();
    this.#retries++;
    return this.#wait(retry, outcome, reckoning);
  }

  /**
   * Whether another try may start beside those under way; it is counted. Its request must be whole.
   * @param isRetry it is one of the retries that the policy allows
   */
  mayHedge(isRetry: boolean): boolean {
    const { retry } = this.#policy;
    this.#refusal = this.#body.retained ? this.#overflow() : 'body';
    if (isRetry) this.#refusal = retry ? this.#refusalOf(retry) || this.#refusal : 'none';
    if (this.#refusal !== '') return false;
    this.#count();
    if (isRetry) this.#retries++;
    return true;
  }

  #refusalOf({ attempts }: RetryConfig): Refusal {
    // Envoy's URX: retries were allowed, and the last of them failed as well.
    if (this.#retries >= attempts) return this.#retries > 0 ? 'exhausted' : 'none';
    if (!this.#body.replayable) return 'body';
    return this.#overflow();
  }

  #overflow(): Refusal {
    return this.#breaker === undefined || this.#breaker.mayRetry ? '' : 'overflow';
  }

  #wait(retry: RetryConfig, outcome: TryOutcome, { clock, chance }: Reckoning): Milliseconds {
    const { rateLimitedBackOff: limited } = retry;
    const asked =
      limited && 'status' in outcome
        ? rateLimitedBackOff(limited, outcome.fields, clock.wall(), chance)
        : undefined;
    return asked ?? backOff(retry.backOff, this.#retries, chance);
  }

  /** The request is over, or its try is: another one may be tried again. */
  release(): void {
    if (this.#breaker) this.#breaker.retries -= this.#counted;
    this.#counted = 0;
  }

  #count(): void {
    if (!this.#breaker) return;
    this.#breaker.retries++;
    this.#counted++;
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
