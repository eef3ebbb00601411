/**
 * Tries of one request beside each other: where one takes long another starts, the first good answer
 * wins and the others are given up (Envoy's hedge_policy; gRPC's hedging, A6). Made for requests of
 * routes that hedge, only, and never for an upgrade.
 */
import type { Clock, Timer } from '../../base/clock.ts';
import type { RequestHead } from '../codec/http1/request-head.ts';
import type { HedgeConfig } from '../config/retry.ts';
import type { FailureCode } from '../failures.ts';
import { HopFlag } from '../hop.ts';
import type { TryPolicy } from '../router/try-policy.ts';
import type { Attempt } from './attempt.ts';
import type { HopLog } from './hop-log.ts';
import { isRetriable } from './retry-policy.ts';
import type { RetryCauses, TryOutcome } from './retry-policy.ts';

export class Hedging {
  readonly #config: HedgeConfig;
  readonly #causes: RetryCauses;
  readonly #clock: Clock;
  readonly #log: HopLog;
  /** In the order in which they began. */
  #running: Attempt[] = [];
  /** How many more may be started by time alone. */
  #left: number;
  #timer: Timer | undefined;

  /** `causes`: of answers that are not good. */
  constructor(config: HedgeConfig, causes: RetryCauses, clock: Clock, log: HopLog) {
    this.#config = config;
    this.#causes = causes;
    this.#clock = clock;
    this.#log = log;
    this.#left = config.after === undefined ? 0 : config.attempts;
  }

  /** A try that is over its time goes on, and its retry starts beside it. */
  get onPerTryTimeout(): boolean {
    return this.#config.onPerTryTimeout ?? false;
  }

  get running(): readonly Attempt[] {
    return this.#running;
  }

  /** It is nothing to answer with: those that still run may bring something better. */
  isOutrun(outcome: TryOutcome): boolean {
    if (this.#running.length < 2) return false;
    return 'failure' in outcome || isRetriable(this.#causes, outcome);
  }

  /** The request is whole: from here on `start` is called each time that another try is due. */
  arm(start: () => void): void {
    const { after } = this.#config;
    if (after === undefined || this.#left === 0) return;
    this.#timer = this.#clock.after(after, () => {
      this.#left--;
      start();
      this.arm(start);
    });
  }

  add(attempt: Attempt): void {
    if (this.#running.length > 0) {
      for (const one of [...this.#running, attempt]) one.hop.flags |= HopFlag.HEDGED;
    }
    this.#running.push(attempt);
  }

  /** It is over and has not won; the first of those that still run. */
  drop(attempt: Attempt): Attempt | undefined {
    this.#running = this.#running.filter((one) => one !== attempt);
    return this.#running[0];
  }

  /**
   * The exchange goes on with this try alone, or ends with it: the others are given up.
   * @param code what they failed of, where it is their own fault that nothing came of them
   */
  settle(attempt: Attempt | undefined, code?: FailureCode): void {
    this.cancel();
    const losers = this.#running.filter((one) => one !== attempt);
    this.#running = this.#running.filter((one) => one === attempt);
    for (const loser of losers) {
      loser.cancel(code);
      loser.hop.flags |= HopFlag.HEDGE_LOST;
      this.#log.write(loser.hop, 0, loser.began);
    }
  }

  /** No further try starts by itself. */
  cancel(): void {
    this.#left = 0;
    this.#timer?.cancel();
  }
}

/** Undefined where the request is tried once at a time. What is upgraded cannot be two tunnels. */
export function createHedging(
  { hedge, causes }: TryPolicy,
  { upgrade }: RequestHead,
  clock: Clock,
  log: HopLog,
): Hedging | undefined {
  return hedge && upgrade === '' ? new Hedging(hedge, causes, clock, log) : undefined;
}
