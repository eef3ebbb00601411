/** Envoy's token bucket: full at first, and `tokensPerFill` more at each whole interval. Pure. */
import type { Milliseconds } from '../../base/units.ts';

export interface BucketConfig {
  readonly maxTokens: number;
  readonly tokensPerFill: number;
  readonly fillInterval: Milliseconds;
}

export class TokenBucket {
  readonly #config: BucketConfig;
  #tokens: number;
  /** When the interval at hand began. */
  #since: Milliseconds;

  /** All times are of one clock's `now`. */
  constructor(config: BucketConfig, now: Milliseconds) {
    this.#config = config;
    this.#tokens = config.maxTokens;
    this.#since = now;
  }

  tokens(now: Milliseconds): number {
    const { fillInterval, maxTokens, tokensPerFill } = this.#config;
    const fills = Math.floor((now - this.#since) / fillInterval);
    if (fills > 0) {
      this.#tokens = Math.min(maxTokens, this.#tokens + fills * tokensPerFill);
      // Not `now`: what is over of an interval counts for the next one.
      this.#since += fills * fillInterval;
    }
    return this.#tokens;
  }

  /** Whether there was a token to take. */
  take(now: Milliseconds): boolean {
    if (this.tokens(now) < 1) return false;
    this.#tokens--;
    return true;
  }

  /** Until tokens come again. */
  nextFill(now: Milliseconds): Milliseconds {
    this.tokens(now);
    return this.#since + this.#config.fillInterval - now;
  }
}
