/** The hops of the last traces, bounded; the oldest trace goes first, and whole. */
import type { Hop } from '../../proxy/hop.ts';

export class TraceStore {
  readonly #mostHops: number;
  readonly #traces = new Map<string, Hop[]>();
  #hops = 0;

  constructor(mostHops: number) {
    this.#mostHops = mostHops;
  }

  add(hop: Hop): void {
    const hops = this.#traces.get(hop.traceId);
    if (hops) hops.push(hop);
    else this.#traces.set(hop.traceId, [hop]);
    this.#hops++;
    if (this.#hops > this.#mostHops) this.#forgetOldest();
  }

  /** In order of their start; undefined where the trace is unknown or forgotten. */
  get(traceId: string): Hop[] | undefined {
    return this.#traces.get(traceId)?.toSorted((a, b) => a.start - b.start);
  }

  #forgetOldest(): void {
    for (const [traceId, hops] of this.#traces) {
      this.#traces.delete(traceId);
      this.#hops -= hops.length;
      return;
    }
  }
}
