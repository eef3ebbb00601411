/** Time that stands still within one turn of the event loop, as Envoy's approximateMonotonicTime. */
import type { Clock, Timer } from './clock.ts';
import type { Milliseconds } from './units.ts';

/**
 * One request asks for the time some ten times in each proxy, and reading it costs as much as parsing a
 * header line. All that one event causes is done at one time anyway: it is read once, when the first
 * one asks, and forgotten when the event has been dealt with.
 */
export class TurnClock implements Clock {
  readonly #clock: Clock;
  #now: Milliseconds | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Milliseconds {
    if (this.#now !== undefined) return this.#now;
    queueMicrotask(this.#forget);
    return (this.#now = this.#clock.now());
  }

  wall(): Milliseconds {
    return this.#clock.wall();
  }

  after(delay: Milliseconds, task: () => void): Timer {
    return this.#clock.after(delay, task);
  }

  readonly #forget = (): void => {
    this.#now = undefined;
  };
}
