/**
 * Lets an instance run for a part of the time only, by SIGSTOP and SIGCONT in turn: as a limit of
 * cgroups does, but without rights. A burner beside it would slow down everything on the machine, and
 * nothing at all on one with cores to spare.
 */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds, Percent } from '../../base/units.ts';

/** As cgroups' default period. */
const PERIOD: Milliseconds = 100;

export class Throttle {
  readonly #clock: Clock;
  readonly #share: Percent;
  readonly #send: (signal: 'SIGSTOP' | 'SIGCONT') => void;
  #timer: Timer | undefined;

  constructor(clock: Clock, share: Percent, send: (signal: 'SIGSTOP' | 'SIGCONT') => void) {
    this.#clock = clock;
    this.#share = share;
    this.#send = send;
  }

  /** From a halt: first it stands still. */
  start(): void {
    this.#later(PERIOD * (1 - this.#share / 100), () => this.#run());
  }

  /** Leaves it as it is. */
  stop(): void {
    this.#timer?.cancel();
  }

  #run(): void {
    this.#send('SIGCONT');
    this.#later((PERIOD * this.#share) / 100, () => {
      this.#send('SIGSTOP');
      this.start();
    });
  }

  #later(wait: Milliseconds, task: () => void): void {
    this.#timer = this.#clock.after(wait, task);
  }
}
