/** One rate limit as it runs: whom it is for, and its bucket, or one for each caller. */
import type { Milliseconds } from '../../base/units.ts';
import type { RateLimitConfig } from '../config.ts';
import { compileMatch } from '../router/match.ts';
import type { Matcher, RequestView } from '../router/match.ts';
import { TokenBucket } from './token-bucket.ts';

/** Callers in plain text are told apart by their address, of which there may be any number. */
const MOST_CALLERS = 1_000;

export interface LimitedRequest extends RequestView {
  readonly peerSpiffeId: string;
  readonly remoteAddress: string;
}

export class RateLimit {
  readonly config: RateLimitConfig;
  readonly #matches: Matcher;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(config: RateLimitConfig) {
    this.config = config;
    this.#matches = compileMatch(config.match);
  }

  /** The bucket that a request takes its token from; undefined: this limit is not for it. */
  bucketOf(request: LimitedRequest, now: Milliseconds): TokenBucket | undefined {
    const { caller, perCaller } = this.config;
    if (caller !== undefined && caller !== request.peerSpiffeId) return undefined;
    if (!this.#matches(request)) return undefined;
    const key = perCaller ? request.peerSpiffeId || request.remoteAddress : '';
    return this.#buckets.get(key) ?? this.#add(key, now);
  }

  #add(key: string, now: Milliseconds): TokenBucket {
    const [eldest] = this.#buckets.keys();
    if (eldest !== undefined && this.#buckets.size >= MOST_CALLERS) this.#buckets.delete(eldest);
    const bucket = new TokenBucket(this.config, now);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

/** By the text of their configuration, so that an unchanged one is known again. */
export type KnownLimits = ReadonlyMap<string, RateLimit>;

/** A limit that has not changed goes on with the tokens that it has. */
export function createRateLimits(
  configs: readonly RateLimitConfig[],
  before: KnownLimits | undefined,
): KnownLimits {
  return new Map(
    configs.map((config) => {
      const text = JSON.stringify(config);
      return [text, before?.get(text) ?? new RateLimit(config)];
    }),
  );
}
