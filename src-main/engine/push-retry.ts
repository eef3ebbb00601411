/** Pushes that a proxy refused are tried again: what stood in the way (a port, a worker) may go. */
import type { Clock, Timer } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';

const FIRST: Milliseconds = 1_000;
const LONGEST: Milliseconds = 60_000;

export class PushRetry {
  readonly #clock: Clock;
  readonly #retry: () => void;
  #timer: Timer | undefined;
  #failures = 0;

  constructor(clock: Clock, retry: () => void) {
    this.#clock = clock;
    this.#retry = retry;
  }

  /** After each push of all proxies. */
  note(refused: boolean): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (!refused) this.#failures = 0;
    else this.#timer = this.#clock.after(this.#wait(), this.#retry);
  }

  close(): void {
    this.#timer?.cancel();
  }

  #wait(): Milliseconds {
    return Math.min(LONGEST, FIRST * 2 ** this.#failures++);
  }
}
