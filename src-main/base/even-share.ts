/** Exact shares that know nothing of each other, as draws would. */
import type { Percent } from './units.ts';

/** Counted in millionths of a per cent, in whole numbers, so that no rounding adds up. */
const WHOLE = 100 * 1_000_000;
/** More kinds than this are taken for one. */
const MOST_KINDS = 256;

/**
 * An `ExactShare` of calls of different kinds, as even among those of each kind as it can be. Two
 * plain ones of 50 % would always say yes to the same calls, and 50 % of tries never to two in a row;
 * where the kind of a call says what came before, one in four meets both, as if they were drawn.
 */
export class EvenShare {
  readonly #step: number;
  /** Of all calls: how many more have got a yes than their share is, in (-WHOLE, WHOLE). */
  #ahead = 0;
  /** By kind; error diffusion of each, half a step ahead at first. */
  readonly #errors = new Map<string, number>();

  constructor(percentage: Percent) {
    this.#step = Math.round(percentage * 1_000_000);
  }

  /** Whether this call belongs to the share. `kind`: calls alike share among themselves. */
  take(kind: string): boolean {
    const key = this.#errors.has(kind) || this.#errors.size < MOST_KINDS ? kind : '';
    const error = (this.#errors.get(key) ?? WHOLE / 2) + this.#step;
    const behind = this.#step - this.#ahead;
    // The whole is exact before its parts are.
    const yes = behind >= WHOLE || (error >= WHOLE && behind > 0);
    this.#errors.set(key, yes ? error - WHOLE : error);
    this.#ahead = (yes ? WHOLE : 0) - behind;
    return yes;
  }
}
