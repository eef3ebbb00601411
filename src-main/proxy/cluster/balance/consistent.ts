/** What both consistent algorithms share: their table, the endpoints to avoid, requests without a key. */
import type { Chance } from '../../../base/chance.ts';
import type { Balanced, Balancer, Tried } from './balancer.ts';
import { rehash } from './hash.ts';
import { pickRandom } from './random.ts';

/** Where a hash leads. */
export interface HashTable<T> {
  at(hash: number): T;
}

/** Other hashes that are tried before any endpoint but those to avoid is taken. */
const MOST_REHASHES = 8;

export class Consistent<T extends Balanced> implements Balancer<T> {
  readonly #chance: Chance;
  readonly #build: (endpoints: readonly T[]) => HashTable<T>;
  #endpoints: readonly T[] = [];
  #table: HashTable<T> | undefined;

  /** `build`: called with at least one endpoint, sorted by id, when they have changed. */
  constructor(build: (endpoints: readonly T[]) => HashTable<T>, chance: Chance) {
    this.#build = build;
    this.#chance = chance;
  }

  pick(endpoints: readonly T[], avoid: Tried<T>, hash: number | undefined): T | undefined {
    if (endpoints.length <= 1) return endpoints[0];
    if (hash === undefined) return pickRandom(endpoints, avoid, this.#chance);
    const table = this.#tableOf(endpoints);
    let next = hash;
    for (let i = 0; i <= MOST_REHASHES; i++) {
      const found = table.at(next);
      if (!avoid?.has(found)) return found;
      next = rehash(next);
    }
    return pickRandom(endpoints, avoid, this.#chance);
  }

  #tableOf(endpoints: readonly T[]): HashTable<T> {
    if (this.#table && endpoints === this.#endpoints) return this.#table;
    this.#endpoints = endpoints;
    // All proxies must come to the same table, whatever order they know the endpoints in.
    this.#table = this.#build([...endpoints].sort((a, b) => (a.id < b.id ? -1 : 1)));
    return this.#table;
  }
}
