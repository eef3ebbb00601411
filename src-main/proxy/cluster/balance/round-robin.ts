/** Round robin: each endpoint in its turn. */
import type { Balancer, Tried } from './balancer.ts';

export class RoundRobin<T> implements Balancer<T> {
  #next = 0;

  pick(endpoints: readonly T[], avoid: Tried<T>): T | undefined {
    const count = endpoints.length;
    if (count === 0) return undefined;
    const first = endpoints[this.#next++ % count] as T;
    if (!avoid?.has(first)) return first;
    for (let i = 1; i < count; i++) {
      const next = endpoints[this.#next++ % count] as T;
      if (!avoid.has(next)) return next;
    }
    return first;
  }
}
