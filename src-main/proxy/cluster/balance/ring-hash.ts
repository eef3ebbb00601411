/** Ring hash (Ketama): many points of each endpoint on a ring; a key goes to the next one after it. */
import type { Balanced } from './balancer.ts';
import type { HashTable } from './consistent.ts';
import { hashText } from './hash.ts';

/**
 * Of each endpoint, whatever their number (Envoy divides a ring of one size among them, so that some
 * more keys move when their number changes).
 */
const POINTS = 256;

export class RingTable<T extends Balanced> implements HashTable<T> {
  readonly #points: readonly { readonly hash: number; readonly endpoint: T }[];

  /** `endpoints`: at least one. */
  constructor(endpoints: readonly T[]) {
    this.#points = endpoints
      .flatMap((endpoint) =>
        Array.from({ length: POINTS }, (_, i) => ({
          hash: hashText(`${endpoint.id}_${i}`),
          endpoint,
        })),
      )
      .sort((a, b) => a.hash - b.hash);
  }

  at(hash: number): T {
    let low = 0;
    let high = this.#points.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#points[middle]?.hash ?? 0) < hash) low = middle + 1;
      else high = middle;
    }
    const point = this.#points[low % this.#points.length];
    return (point as { endpoint: T }).endpoint;
  }
}
