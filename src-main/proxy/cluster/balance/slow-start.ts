/**
 * Slow start (Envoy): an endpoint that has just come is given its share little by little, so that a
 * cold cache or compiler is not met by a full load. While any endpoint is warming, all are taken by
 * weight, smoothly; else by the algorithm behind this.
 */
import type { Clock } from '../../../base/clock.ts';
import type { LoadBalancingConfig } from '../../config/upstream.ts';
import type { Balanced, Balancer, Tried } from './balancer.ts';

export interface Warming extends Balanced {
  /** By the clock's `now`: when it came, or was well again. */
  readonly since: number;
}

type SlowStartConfig = NonNullable<LoadBalancingConfig['slowStart']>;

export class SlowStart<T extends Warming> implements Balancer<T> {
  readonly #config: SlowStartConfig;
  readonly #clock: Clock;
  readonly #inner: Balancer<T>;
  /** Envoy: a weight is divided by the requests under way where those are what counts. */
  readonly #byLoad: boolean;
  /** How much each is due (smooth weighted round robin); of the endpoints in `#of`. */
  readonly #due = new Map<T, number>();
  #of: readonly T[] = [];

  constructor(config: SlowStartConfig, clock: Clock, inner: Balancer<T>, byLoad: boolean) {
    this.#config = config;
    this.#clock = clock;
    this.#inner = inner;
    this.#byLoad = byLoad;
  }

  pick(endpoints: readonly T[], avoid: Tried<T>, hash: number | undefined): T | undefined {
    const now = this.#clock.now();
    const isWarming = endpoints.some(({ since }) => now - since < this.#config.window);
    if (!isWarming) return this.#inner.pick(endpoints, avoid, hash);
    return this.#byWeight(endpoints, avoid, now);
  }

  #byWeight(endpoints: readonly T[], avoid: Tried<T>, now: number): T | undefined {
    if (endpoints !== this.#of) {
      this.#of = endpoints;
      this.#due.clear();
    }
    const isAll = avoid !== undefined && endpoints.every((one) => avoid.has(one));
    let best: T | undefined;
    let bestDue = -Infinity;
    let total = 0;
    for (const endpoint of endpoints) {
      if (!isAll && avoid?.has(endpoint)) continue;
      const weight = this.#weight(endpoint, now);
      const due = (this.#due.get(endpoint) ?? 0) + weight;
      this.#due.set(endpoint, due);
      total += weight;
      if (due > bestDue) [best, bestDue] = [endpoint, due];
    }
    if (best) this.#due.set(best, bestDue - total);
    return best;
  }

  #weight({ active, since }: T, now: number): number {
    const factor = warmth(this.#config, now - since);
    return this.#byLoad ? factor / (active + 1) : factor;
  }
}

/** The share of its full weight, 0 to 1, that an endpoint of this age (milliseconds) is given. */
export function warmth(
  { window, aggression, minWeightPercent }: SlowStartConfig,
  age: number,
): number {
  if (age >= window) return 1;
  const time = Math.max(age, Math.min(1000, window)) / window;
  return Math.min(1, Math.max(minWeightPercent / 100, time ** (1 / aggression)));
}
