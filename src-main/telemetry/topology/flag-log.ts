/** How often each flag of HopFlag was set in each second, and on whose account. Bounded. */
import { KEPT_SECONDS } from '../histograms/second-log.ts';

/** What a decorator reads: what was flagged within a window. */
export interface FlagCounts {
  /** Hops with any of these bits. */
  count(flags: number): number;
  /** Names of the faults and rules that set any of these bits, in alphabetical order. */
  names(flags: number): string[];
}

/** Of one set of flags in one second. */
interface Counted {
  count: number;
  readonly names: Set<string>;
}

/** Names for one set of flags and second; the document's are few. */
const MOST_NAMES = 16;

export class FlagLog {
  /** By second, then by the whole set of flags of a hop. */
  readonly #seconds = new Map<number, Map<number, Counted>>();

  /** `second`: since 1970, whole. `names`: comma-separated, or empty. */
  observe(second: number, flags: number, names: string): void {
    let found = this.#seconds.get(second);
    if (!found) {
      found = new Map<number, Counted>();
      this.#seconds.set(second, found);
      this.#forget(second);
    }
    let counted = found.get(flags);
    if (!counted) found.set(flags, (counted = { count: 0, names: new Set() }));
    counted.count++;
    if (names === '' || counted.names.size >= MOST_NAMES) return;
    for (const name of names.split(',')) counted.names.add(name);
  }

  /** From the second `first` to `last`, both included. */
  between(first: number, last: number): FlagCounts {
    const entries: [number, Counted][] = [];
    for (let at = first; at <= last; at++) entries.push(...(this.#seconds.get(at) ?? []));
    const fitting = (flags: number): Counted[] =>
      entries.filter(([set]) => (set & flags) !== 0).map(([, counted]) => counted);
    return {
      count: (flags) => fitting(flags).reduce((total, { count }) => total + count, 0),
      names: (flags) => [...new Set(fitting(flags).flatMap(({ names }) => [...names]))].sort(),
    };
  }

  /** Seconds come about in order: the oldest were put in first. */
  #forget(newest: number): void {
    for (const at of this.#seconds.keys()) {
      if (this.#seconds.size <= 1 || newest - at < KEPT_SECONDS) return;
      this.#seconds.delete(at);
    }
  }
}
