/**
 * Envoy's circuit breaker: how much of a cluster one proxy may use at a time, over all its endpoints.
 * What is above is refused at once instead of waiting behind what is slow already.
 */
import type { CircuitBreakerConfig } from '../config/upstream.ts';
import { HeldPlaces } from './held-places.ts';

/** Without a policy: as many connections as Envoy allows; of the rest, as many as there are. */
export const NO_CIRCUIT_BREAKER: CircuitBreakerConfig = {
  maxConnections: 1024,
  maxPendingRequests: 1024,
  maxRequests: Infinity,
  maxRetries: Infinity,
};

export class CircuitBreaker {
  /** In use now. Whoever adds one takes it away again. */
  connections = 0;
  pending = 0;
  retries = 0;
  #told = { connections: 0, pending: 0 };
  /** For what faults hold back. */
  readonly held = new HeldPlaces(this);
  #requests = 0;
  #limits = NO_CIRCUIT_BREAKER;

  get requests(): number {
    return this.#requests;
  }
  set requests(count: number) {
    const isFewer = count < this.#requests;
    this.#requests = count;
    if (isFewer) this.held.onRoom();
  }

  get limits(): CircuitBreakerConfig {
    return this.#limits;
  }
  set limits(limits: CircuitBreakerConfig) {
    this.#limits = limits;
    this.held.onRoom();
  }

  /** What is in use now, where that is another than when it was last asked for. */
  takeUse(): { readonly connections: number; readonly pending: number } | undefined {
    const { connections, pending } = this;
    if (connections === this.#told.connections && pending === this.#told.pending) return undefined;
    return (this.#told = { connections, pending });
  }

  get mayConnect(): boolean {
    return this.connections < this.limits.maxConnections;
  }
  get mayWait(): boolean {
    return this.pending < this.limits.maxPendingRequests;
  }
  get mayRequest(): boolean {
    return this.requests < this.limits.maxRequests;
  }
  get mayRetry(): boolean {
    return this.retries < this.#mostRetries;
  }

  /** As Envoy reckons a budget: of what runs or waits at the moment, in whole requests. */
  get #mostRetries(): number {
    const { maxRetries, retryBudget } = this.limits;
    if (!retryBudget) return maxRetries;
    const active = this.requests + this.pending;
    const share = Math.floor((active * retryBudget.budgetPercent) / 100);
    return Math.max(retryBudget.minRetryConcurrency, share);
  }
}
