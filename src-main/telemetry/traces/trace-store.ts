/**
 * The hops of the last traces, bounded; the oldest trace goes first, and whole. A caller that sends
 * the same `traceparent` with every request makes one trace of them all: of such a one, the newest
 * hops are kept.
 */
import type { Hop } from '../../proxy/hop.ts';

/** Of one trace; more than any request of a mesh on a laptop makes. */
const MOST_PER_TRACE = 1000;

export class TraceStore {
  readonly #mostHops: number;
  readonly #traces = new Map<string, Hop[]>();
  #hops = 0;

  constructor(mostHops: number) {
    this.#mostHops = mostHops;
  }

  add(hop: Hop): void {
    const hops = this.#traces.get(hop.traceId);
    if (hops) this.#append(hops, hop);
    else this.#traces.set(hop.traceId, [hop]);
    this.#hops++;
    if (this.#hops > this.#mostHops) this.#forgetOldest();
  }

  /** In order of their start; undefined where the trace is unknown or forgotten. */
  get(traceId: string): Hop[] | undefined {
    return this.#traces.get(traceId)?.toSorted((a, b) => a.start - b.start);
  }

  #append(hops: Hop[], hop: Hop): void {
    // Half of them at once, so that this costs little however long it goes on.
    if (hops.length >= MOST_PER_TRACE) {
      this.#hops -= hops.splice(0, MOST_PER_TRACE / 2).length;
    }
    hops.push(hop);
  }

  #forgetOldest(): void {
    for (const [traceId, hops] of this.#traces) {
      this.#traces.delete(traceId);
      this.#hops -= hops.length;
      return;
    }
  }
}
