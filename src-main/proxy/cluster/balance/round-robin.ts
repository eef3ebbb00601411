/** Round robin: each endpoint in its turn. */
import type { Balancer } from './balancer.ts';

export class RoundRobin<T> implements Balancer<T> {
  #next = 0;

  pick(endpoints: readonly T[], avoid: T | undefined): T | undefined {
    const count = endpoints.length;
    if (count === 0) return undefined;
    const first = endpoints[this.#next++ % count] as T;
    if (first !== avoid || count === 1) return first;
    return endpoints[this.#next++ % count];
  }
}
