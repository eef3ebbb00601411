/** Certificates that are wrong on purpose, kept so that the same ones are pushed again and again. */
import type { Clock } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';
import type { Authority } from './authority.ts';
import type { Flaw } from './faulty-leaf.ts';
import type { Leaf } from './leaf.ts';

/** Long before anything else becomes wrong about them. */
const RENEW_AFTER: Milliseconds = 1_800_000;

interface Kept {
  readonly leaf: Leaf;
  readonly issued: Milliseconds;
}

export class FaultyLeaves {
  readonly #authority: Authority;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(authority: Authority, clock: Clock) {
    this.#authority = authority;
    this.#clock = clock;
  }

  leaf(namespace: string, service: string, flaw: Flaw): Leaf {
    const key = JSON.stringify([namespace, service, flaw]);
    const now = this.#clock.wall();
    const kept = this.#kept.get(key);
    if (kept && Math.abs(now - kept.issued) < RENEW_AFTER) return kept.leaf;
    const leaf = this.#authority.issueFaulty(namespace, service, flaw);
    this.#kept.set(key, { leaf, issued: now });
    return leaf;
  }
}
