/**
 * Least request, as Envoy does it: of two endpoints taken by chance the one with fewer requests under
 * way. That is nearly as even as asking all of them, and costs the same for any number.
 */
import type { Chance } from '../../../base/chance.ts';
import type { Balanced, Balancer, Tried } from './balancer.ts';
import { pickRandom } from './random.ts';

export class LeastRequest<T extends Balanced> implements Balancer<T> {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  pick(endpoints: readonly T[], avoid: Tried<T>): T | undefined {
    if (endpoints.length <= 1) return endpoints[0];
    const one = pickRandom(endpoints, avoid, this.#chance) as T;
    const other = pickRandom(endpoints, avoid, this.#chance) as T;
    return other.active < one.active ? other : one;
  }
}
