/** What faults do to a try or a connection before it is on its way: mark its hop, and hold it back. */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { TryFilter } from '../filters/http/filter.ts';
import type { HopDraft } from './hop-draft.ts';

export function markFault(hop: HopDraft, { name, flags }: TryFilter): void {
  hop.flags |= flags;
  hop.faults = hop.faults === '' ? name : `${hop.faults},${name}`;
}

export class FaultHold {
  readonly #clock: Clock;
  readonly #hop: HopDraft;
  #filter: TryFilter | undefined;
  #since: Milliseconds = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, hop: HopDraft) {
    this.#clock = clock;
    this.#hop = hop;
  }

  /** It holds, and the fault that wanted it acts no more. */
  get isOver(): boolean {
    return this.#filter !== undefined && !this.#filter.isOn();
  }

  /** `duration`: Infinity: until the fault goes, or what is held is given up. */
  start(filter: TryFilter, duration: Milliseconds, then: () => void): void {
    this.#filter = filter;
    this.#since = this.#clock.now();
    if (duration === Infinity) return;
    this.#timer = this.#clock.after(duration, () => {
      this.release();
      then();
    });
  }

  /** Ends the wait, if there is one, and notes how long it was. */
  release(): void {
    if (!this.#filter) return;
    this.#hop.timing.injected += this.#clock.now() - this.#since;
    this.#filter = undefined;
    this.#timer?.cancel();
  }
}
