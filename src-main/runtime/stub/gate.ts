/** Lets so many in at once; the others wait in a row. */
export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** `places`: Infinity where there is no limit. */
  constructor(places: number) {
    this.#free = places;
  }

  /** Resolves when there is a place; `leave` must follow. */
  enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}
