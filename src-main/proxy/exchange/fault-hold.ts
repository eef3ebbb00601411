/** What faults do to a try or a connection before it is on its way: mark its hop, and hold it back. */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { CircuitBreaker } from '../cluster/circuit-breaker.ts';
import type { HeldAs, HeldPlace } from '../cluster/held-places.ts';
import type { TryFilter } from '../filters/http/filter.ts';
import type { HopDraft } from './hop-draft.ts';

export function markFault(hop: HopDraft, { name, flags }: TryFilter): void {
  hop.flags |= flags;
  hop.faults = hop.faults === '' ? name : `${hop.faults},${name}`;
}

/** How it is held. */
export interface Wait {
  /** Infinity: until the fault goes, or what is held is given up. */
  readonly duration: Milliseconds;
  /** What it is to the circuit breaker meanwhile. */
  readonly as: HeldAs;
}

export class FaultHold {
  readonly #clock: Clock;
  readonly #hop: HopDraft;
  readonly #breaker: CircuitBreaker | undefined;
  readonly #onOverflow: (detail: string) => void;
  #filter: TryFilter | undefined;
  /** In the circuit breaker; kept when the wait is over, for the connection that is wanted then. */
  place: HeldPlace | undefined;
  /** By the clock's `now`. */
  #since: Milliseconds = 0;
  #timer: Timer | undefined;

  /**
   * @param breaker undefined: there is nothing to be reached, and so nothing to be full
   * @param onOverflow called instead of what should follow where the breaker is full
   */
  constructor(
    clock: Clock,
    hop: HopDraft,
    breaker: CircuitBreaker | undefined,
    onOverflow: (detail: string) => void,
  ) {
    this.#clock = clock;
    this.#hop = hop;
    this.#breaker = breaker;
    this.#onOverflow = onOverflow;
  }

  /** It holds, and the fault that wanted it acts no more. */
  get isOver(): boolean {
    return this.#filter !== undefined && !this.#filter.isOn();
  }

  start(filter: TryFilter, { duration, as }: Wait, then: () => void): void {
    this.place?.leave();
    this.#filter = filter;
    this.#since = this.#clock.now();
    const onPlace = (): void => {
      if (duration === Infinity) return;
      this.#timer = this.#clock.after(duration, () => {
        this.release();
        then();
      });
    };
    if (!this.#breaker) return onPlace();
    const place = this.#breaker.held.take(as, {
      onPlace,
      onOverflow: (detail) => {
        this.end();
        this.#onOverflow(detail);
      },
    });
    // Without a place it is over already.
    if (this.#filter) this.place = place;
  }

  /** Ends the wait, if there is one, and notes how long it was. */
  release(): void {
    if (!this.#filter) return;
    this.#hop.timing.injected += this.#clock.now() - this.#since;
    this.#filter = undefined;
    this.#timer?.cancel();
  }

  /** As `release`, and nothing is wanted any more. */
  end(): void {
    this.release();
    this.place?.leave();
    this.place = undefined;
  }
}
