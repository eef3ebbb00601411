/** Random: every endpoint is as likely as any other. */
import type { Chance } from '../../../base/chance.ts';
import type { Balancer, Tried } from './balancer.ts';

export class Random<T> implements Balancer<T> {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  pick(endpoints: readonly T[], avoid: Tried<T>): T | undefined {
    return pickRandom(endpoints, avoid, this.#chance);
  }
}

/** Any one; `avoid` only where there is no other. */
export function pickRandom<T>(
  endpoints: readonly T[],
  avoid: Tried<T>,
  chance: Chance,
): T | undefined {
  const found = draw(endpoints, chance);
  if (found === undefined || !avoid?.has(found)) return found;
  const others = endpoints.filter((one) => !avoid.has(one));
  return draw(others, chance) ?? found;
}

function draw<T>(endpoints: readonly T[], chance: Chance): T | undefined {
  return endpoints[Math.floor(chance.next() * endpoints.length)];
}
