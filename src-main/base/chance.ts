import type { Percent } from './units.ts';

/** Random numbers as everything in Faultline asks for them, so that a seed can repeat a run. */
export interface Chance {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  next(): number;
}

export const systemChance: Chance = { next: Math.random };

/** A small repeatable generator (mulberry32); the same seed gives the same row of numbers. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/**
 * Error diffusion: says yes to exactly `percentage` of the calls, spread evenly, not drawn. 10 % of
 * 1,000 calls is 100 calls in every run, and no call is early or late by more than one.
 */
export class ExactShare {
  /** Counted in millionths of a per cent, in whole numbers, so that no rounding adds up. */
  readonly #step: number;
  #error: number;

  /**
   * `phase`, from 0 to 1: how far on it begins. By default half a step ahead, so that 50 % says yes,
   * no, yes, no and 1 % says yes at the 50th call. Shares that must not fall together begin apart.
   */
  constructor(percentage: Percent, phase = 0.5) {
    this.#step = Math.round(percentage * 1_000_000);
    this.#error = Math.floor(phase * WHOLE);
  }

  /** Whether this call belongs to the share. */
  take(): boolean {
    this.#error += this.#step;
    if (this.#error < WHOLE) return false;
    this.#error -= WHOLE;
    return true;
  }
}

const WHOLE = 100 * 1_000_000;

/** A seed out of a text: the same for the same text (FNV-1a, 32 bits). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
