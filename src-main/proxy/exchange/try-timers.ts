/**
 * The two clocks of one try (Envoy's per_try_timeout and per_try_idle_timeout). Both run from when the
 * request is whole: before, it is the caller who takes his time.
 */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { FailureCode } from '../failures.ts';
import { IdleTimer } from './idle-timer.ts';

/** 0: none. */
export interface TryLimits {
  readonly timeout: Milliseconds;
  readonly idleTimeout: Milliseconds;
}

export class TryTimers {
  readonly #clock: Clock;
  readonly #limits: TryLimits;
  readonly #onOver: (code: FailureCode, detail: string) => void;
  #perTry: Timer | undefined;
  #idle: IdleTimer | undefined;
  #started = false;

  /** `onOver`: called once at most for each of the two. */
  constructor(
    clock: Clock,
    limits: TryLimits,
    onOver: (code: FailureCode, detail: string) => void,
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#onOver = onOver;
  }

  /** The request is whole. Called again, it does nothing. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    const { timeout, idleTimeout } = this.#limits;
    if (timeout > 0) {
      const over = (): void => this.#onOver('per-try-timeout', `${timeout} ms are over`);
      this.#perTry = this.#clock.after(timeout, over);
    }
    if (idleTimeout > 0) {
      const idle = (): void =>
        this.#onOver('per-try-idle-timeout', `nothing for ${idleTimeout} ms`);
      this.#idle = new IdleTimer(this.#clock, idleTimeout, idle);
    }
  }

  /** A byte has moved. */
  touch(): void {
    this.#idle?.touch();
  }

  /** The caller takes no more: that nothing moves is not the service's doing. */
  hold(held: boolean): void {
    if (!this.#idle) return;
    this.#idle.held = held;
    this.#idle.touch();
  }

  /** The answer has begun; that it goes on is still watched. */
  onHead(): void {
    this.#perTry?.cancel();
    this.touch();
  }

  cancel(): void {
    this.#started = true;
    this.#perTry?.cancel();
    this.#idle?.cancel();
  }
}
