/** Smooth weighted round-robin (nginx's): exact shares, evenly spread, nothing drawn. */

interface Entry<T> {
  readonly target: T;
  readonly weight: number;
  current: number;
}

export class WeightedSplit<T> {
  readonly #entries: Entry<T>[];
  readonly #total: number;

  /** Weights of 0 are never taken. @throws RangeError where no weight is positive. */
  constructor(entries: readonly { readonly target: T; readonly weight: number }[]) {
    this.#entries = entries
      .filter((entry) => entry.weight > 0)
      .map(({ target, weight }) => ({ target, weight, current: 0 }));
    this.#total = this.#entries.reduce((sum, entry) => sum + entry.weight, 0);
    if (this.#entries.length === 0) throw new RangeError('a split needs a positive weight');
  }

  next(): T {
    let best = this.#entries[0] as Entry<T>;
    if (this.#entries.length === 1) return best.target;
    for (const entry of this.#entries) {
      entry.current += entry.weight;
      if (entry.current > best.current) best = entry;
    }
    best.current -= this.#total;
    return best.target;
  }
}
