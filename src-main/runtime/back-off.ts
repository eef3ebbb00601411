/** How long to wait before a program that ended is started again. */
import type { Milliseconds } from '../base/units.ts';

const FIRST: Milliseconds = 100;
const LONGEST: Milliseconds = 30_000;
/** A program that stayed up this long begins anew. */
const STABLE: Milliseconds = 10_000;

export class RestartBackOff {
  #failures = 0;

  /** `uptime`: how long the program had run. Doubles from 100 ms to 30 s. */
  next(uptime: Milliseconds): Milliseconds {
    if (uptime >= STABLE) this.#failures = 0;
    return Math.min(LONGEST, FIRST * 2 ** this.#failures++);
  }
}
