import type { Milliseconds } from './units.ts';

/** A timer that can be stopped before it fires. */
export interface Timer {
  cancel(): void;
}

/** Time as everything in Faultline asks for it, so that tests can pause it. */
export interface Clock {
  /** Monotonic time in milliseconds, with fractions; its zero means nothing. */
  now(): Milliseconds;
  /** Wall-clock time in milliseconds since 1970. */
  wall(): Milliseconds;
  /** Calls `task` once, `delay` milliseconds from now (at the next turn where it is 0). */
  after(delay: Milliseconds, task: () => void): Timer;
}

/** What the wall clock may be off before it is set anew. */
const MOST_DRIFT: Milliseconds = 1000;
/** The global is a getter, which costs as much as the clock itself. */
const { performance: machine } = globalThis;
let origin = machine.timeOrigin;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => machine.now(),
  // `performance` has the fractions, but on Linux it stands still while the machine sleeps, and
  // nobody tells it when the clock is set: certificates would outlive their rotation.
  wall() {
    const now = machine.now();
    const behind = Date.now() - (origin + now);
    if (Math.abs(behind) > MOST_DRIFT) origin += behind;
    return origin + now;
  },
  after(delay, task) {
    const handle = setTimeout(task, delay);
    return { cancel: () => clearTimeout(handle) };
  },
};
