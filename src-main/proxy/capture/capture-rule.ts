/** Decides which requests of a route are captured. A route that captures nothing has none of these. */
import { ExactShare } from '../../base/chance.ts';
import type { Clock } from '../../base/clock.ts';
import type { CaptureConfig } from '../config/capture.ts';
import { compileMatch } from '../router/match.ts';
import type { Matcher, RequestView } from '../router/match.ts';

export class CaptureRule {
  readonly config: CaptureConfig;
  readonly #clock: Clock;
  readonly #matches: Matcher;
  readonly #share: ExactShare;
  #left: number;

  constructor(config: CaptureConfig, clock: Clock) {
    this.config = config;
    this.#clock = clock;
    this.#matches = compileMatch(config.match);
    this.#share = new ExactShare(config.percentage);
    this.#left = config.requests ?? Infinity;
  }

  /** Counts the request, where it is taken. */
  take(request: RequestView): boolean {
    if (this.#left === 0 || !this.#matches(request)) return false;
    const { until } = this.config;
    if (until !== undefined && this.#clock.wall() >= until) return false;
    if (!this.#share.take()) return false;
    this.#left--;
    return true;
  }
}

/** Takes over what runs on unchanged, with what it has counted. */
export function createCaptureRules(
  configs: readonly CaptureConfig[],
  before: readonly CaptureRule[],
  clock: Clock,
): CaptureRule[] {
  return configs.map((config) => {
    const text = JSON.stringify(config);
    const known = before.find((rule) => JSON.stringify(rule.config) === text);
    return known ?? new CaptureRule(config, clock);
  });
}
