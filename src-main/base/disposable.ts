/** Something that holds a resource; `close` gives it back and may be called twice. */
export interface Closable {
  close(): Promise<void> | void;
}

/** Gathers what must be closed, and closes it in the reverse order, whatever fails on the way. */
export class CloseStack implements Closable {
  #items: Closable[] = [];

  add<T extends Closable>(item: T): T {
    this.#items.push(item);
    return item;
  }

  /** Closes everything. @throws AggregateError with each failure, after all have had their turn. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const item of this.#items.splice(0).reverse()) {
      try {
        await item.close();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'could not close everything');
  }
}
