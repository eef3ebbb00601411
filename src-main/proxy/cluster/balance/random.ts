/** Random: every endpoint is as likely as any other. */
import type { Chance } from '../../../base/chance.ts';
import type { Balancer } from './balancer.ts';

export class Random<T> implements Balancer<T> {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  pick(endpoints: readonly T[], avoid: T | undefined): T | undefined {
    return pickRandom(endpoints, avoid, this.#chance);
  }
}

/** Any one; `avoid` only where there is no other. */
export function pickRandom<T>(
  endpoints: readonly T[],
  avoid: T | undefined,
  chance: Chance,
): T | undefined {
  const count = endpoints.length;
  const at = Math.floor(chance.next() * count);
  const found = endpoints[at];
  if (found === undefined || found !== avoid || count === 1) return found;
  // Any of the others: a step of 1 to count - 1 never leads back.
  return endpoints[(at + 1 + Math.floor(chance.next() * (count - 1))) % count];
}
