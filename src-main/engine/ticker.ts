/** When the app is told the figures: at an even pace, and sooner where something is news. */
import type { Clock, Timer } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';

/** Four times a second. */
const PACE: Milliseconds = 250;
/** What is news waits until so much time has gone since the last tick. */
const SOONEST: Milliseconds = 100;

export class Ticker {
  readonly #clock: Clock;
  readonly #tick: () => void;
  #timer: Timer | undefined;
  /** By the clock's `now`. */
  #last = 0;

  constructor(clock: Clock, tick: () => void) {
    this.#clock = clock;
    this.#tick = tick;
  }

  start(): void {
    this.#last = this.#clock.now();
    this.#after(PACE);
  }

  /** Something has come that is to be told at once; nothing where it does not run. */
  soon(): void {
    if (this.#timer) this.#after(SOONEST);
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** `wait`: from the last tick on. */
  #after(wait: Milliseconds): void {
    this.#timer?.cancel();
    const rest = Math.max(0, this.#last + wait - this.#clock.now());
    this.#timer = this.#clock.after(rest, () => {
      this.#last = this.#clock.now();
      this.#tick();
      this.#after(PACE);
    });
  }
}
