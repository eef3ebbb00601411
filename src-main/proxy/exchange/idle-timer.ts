/** Fires once nothing has been touched for so long. A touch costs a look at the clock, not a timer. */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';

export class IdleTimer {
  /** What is idle now is so for a reason that does not count. */
  held = false;
  readonly #clock: Clock;
  readonly #timeout: Milliseconds;
  readonly #onIdle: () => void;
  #timer: Timer;
  /** By the clock's `now`. */
  #touched: Milliseconds;

  constructor(clock: Clock, timeout: Milliseconds, onIdle: () => void) {
    this.#clock = clock;
    this.#timeout = timeout;
    this.#onIdle = onIdle;
    this.#touched = clock.now();
    this.#timer = this.#start(timeout);
  }

  touch(): void {
    this.#touched = this.#clock.now();
  }

  cancel(): void {
    this.#timer.cancel();
  }

  #start(delay: Milliseconds): Timer {
    return this.#clock.after(delay, () => this.#onDue());
  }

  #onDue(): void {
    if (this.held) this.touch();
    const left = this.#touched + this.#timeout - this.#clock.now();
    if (left <= 0) this.#onIdle();
    else this.#timer = this.#start(left);
  }
}
