/** The machine's clock, which knows how many timers of its run. */
import { systemClock } from '../../src-main/base/clock.ts';
import type { Clock, Timer } from '../../src-main/base/clock.ts';

export class CountingClock implements Clock {
  readonly #running = new Set<object>();

  get pending(): number {
    return this.#running.size;
  }

  now(): number {
    return systemClock.now();
  }

  wall(): number {
    return systemClock.wall();
  }

  after(delay: number, task: () => void): Timer {
    const key = {};
    this.#running.add(key);
    const timer = systemClock.after(delay, () => {
      this.#running.delete(key);
      task();
    });
    return {
      cancel: () => {
        this.#running.delete(key);
        timer.cancel();
      },
    };
  }
}
