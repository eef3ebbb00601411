/** Renews a certificate before it ends, again and again; a renewal that fails is tried again soon. */
import type { Chance } from '../base/chance.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';
import type { Leaf } from './leaf.ts';

export interface RotationOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  issue(): Leaf;
  /** Gets each new leaf; what it throws counts as a failed renewal. */
  onLeaf(leaf: Leaf): void;
  onFailure(error: Error, nextTryIn: Milliseconds): void;
}

/** At two thirds of the life (as SPIRE and Istio do at a half to four fifths), earlier by up to a tenth. */
const RENEW_AT = 2 / 3;
const JITTER = 0.1;
/**
 * Timers stand still while a laptop sleeps, so the wall clock is asked this often: a certificate that
 * ran out in the meantime is renewed at once on waking.
 */
const CHECK_EVERY: Milliseconds = 1_000;
const FIRST_BACK_OFF: Milliseconds = 1_000;
const LONGEST_BACK_OFF: Milliseconds = 60_000;

export class Rotation {
  readonly #options: RotationOptions;
  #timer: Timer | undefined;
  #dueAt: Milliseconds;
  /** Of the certificate at hand. */
  #notBefore: Milliseconds;
  #failures = 0;

  constructor(leaf: Leaf, options: RotationOptions) {
    this.#options = options;
    this.#dueAt = dueAt(leaf, options.chance);
    this.#notBefore = leaf.notBefore;
    this.#wait();
  }

  /** When the next renewal is tried, in milliseconds since 1970. */
  get dueAt(): Milliseconds {
    return this.#dueAt;
  }

  close(): void {
    this.#timer?.cancel();
  }

  #wait(): void {
    this.#timer = this.#options.clock.after(CHECK_EVERY, () => {
      if (this.#isDue(this.#options.clock.wall())) this.#renew();
      this.#wait();
    });
  }

  /** Also where the wall clock was set back behind the certificate's beginning. */
  #isDue(now: Milliseconds): boolean {
    if (this.#failures > 0) return now >= this.#dueAt || now < this.#dueAt - LONGEST_BACK_OFF;
    return now >= this.#dueAt || now < this.#notBefore;
  }

  #renew(): void {
    const { chance, clock } = this.#options;
    try {
      const leaf = this.#options.issue();
      this.#options.onLeaf(leaf);
      this.#failures = 0;
      this.#dueAt = dueAt(leaf, chance);
      this.#notBefore = leaf.notBefore;
    } catch (error) {
      const wait = Math.min(LONGEST_BACK_OFF, FIRST_BACK_OFF * 2 ** this.#failures++);
      this.#dueAt = clock.wall() + wait;
      this.#options.onFailure(error as Error, wait);
    }
  }
}

function dueAt(leaf: Leaf, chance: Chance): Milliseconds {
  const life = leaf.notAfter - leaf.notBefore;
  return leaf.notBefore + life * (RENEW_AT - JITTER * chance.next());
}
