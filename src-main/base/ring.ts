/** A list of at most `capacity` items that forgets its oldest; adding costs the same at any size. */
export class Ring<T> {
  readonly capacity: number;
  #items: T[] = [];
  #start = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get length(): number {
    return this.#items.length;
  }

  /** Adds an item; returns the one that had to go, where one had to. */
  push(item: T): T | undefined {
    if (this.#items.length < this.capacity) {
      this.#items.push(item);
      return undefined;
    }
    const gone = this.#items[this.#start];
    this.#items[this.#start] = item;
    this.#start = (this.#start + 1) % this.capacity;
    return gone;
  }

  /** The item at `index`, 0 being the oldest. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.#items.length) return undefined;
    return this.#items[(this.#start + index) % this.#items.length];
  }

  /** All items, oldest first. */
  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.#items.length; i++) yield this.at(i) as T;
  }
}
