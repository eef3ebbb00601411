/** A clock that stands still until the test moves it. */
import type { Clock, Timer } from '../../src-main/base/clock.ts';

interface Due {
  readonly at: number;
  readonly task: () => void;
}

export class FakeClock implements Clock {
  #now = 0;
  #wall: number;
  #due: Due[] = [];

  /** `wall`: milliseconds since 1970 to begin with. */
  constructor(wall = 1_000_000_000) {
    this.#wall = wall;
  }

  now(): number {
    return this.#now;
  }

  wall(): number {
    return this.#wall;
  }

  /** Timers that run: none is left behind where everything was given back. */
  get pending(): number {
    return this.#due.length;
  }

  after(delay: number, task: () => void): Timer {
    const due = { at: this.#now + delay, task };
    this.#due.push(due);
    return { cancel: () => void (this.#due = this.#due.filter((one) => one !== due)) };
  }

  /** Moves on, and does what falls due on the way, in its order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((one) => one !== next);
      this.#to(Math.max(this.#now, next.at));
      next.task();
    }
    this.#to(end);
  }

  /** Sets the wall clock alone, as the system does. */
  setWall(wall: number): void {
    this.#wall = wall;
  }

  #to(now: number): void {
    this.#wall += now - this.#now;
    this.#now = now;
  }
}
