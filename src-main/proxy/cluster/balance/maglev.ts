/**
 * Maglev (Eisenbud et al., NSDI 2016, §3.4): a table in which every endpoint has nearly the same
 * number of places, and of which little changes when an endpoint comes or goes.
 */
import type { Balanced } from './balancer.ts';
import type { HashTable } from './consistent.ts';
import { hashText } from './hash.ts';

/** Envoy's; a prime, so that every step visits every place. */
export const MAGLEV_SIZE = 65537;
const FREE = 0xffff;

export class MaglevTable<T extends Balanced> implements HashTable<T> {
  readonly #endpoints: readonly T[];
  readonly #places: Uint16Array;

  /** `endpoints`: at least one, in an order that is always the same. */
  constructor(endpoints: readonly T[]) {
    this.#endpoints = endpoints;
    this.#places = populate(endpoints.map(({ id }) => id));
  }

  at(hash: number): T {
    return this.#endpoints[this.#places[hash % MAGLEV_SIZE] as number] as T;
  }
}

/** In turn, each takes the first free place of its own row of all places. */
function populate(ids: readonly string[]): Uint16Array {
  const places = new Uint16Array(MAGLEV_SIZE).fill(FREE);
  const next = ids.map((id) => hashText(id, 1) % MAGLEV_SIZE);
  const skip = ids.map((id) => (hashText(id, 2) % (MAGLEV_SIZE - 1)) + 1);
  for (let filled = 0; filled < MAGLEV_SIZE; filled++) {
    const turn = filled % ids.length;
    const step = skip[turn] as number;
    let place = next[turn] as number;
    while (places[place] !== FREE) place = (place + step) % MAGLEV_SIZE;
    places[place] = turn;
    next[turn] = (place + step) % MAGLEV_SIZE;
  }
  return places;
}
