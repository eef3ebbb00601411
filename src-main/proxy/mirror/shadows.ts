/** The shadows of one proxy that are on their way: nobody waits for them, but somebody must end them. */

export class Shadows {
  readonly #running = new Set<{ cancel(): void }>();

  get size(): number {
    return this.#running.size;
  }

  add(shadow: { cancel(): void }): void {
    this.#running.add(shadow);
  }

  delete(shadow: { cancel(): void }): void {
    this.#running.delete(shadow);
  }

  /** Ends all of them now. */
  destroy(): void {
    for (const shadow of [...this.#running]) shadow.cancel();
  }
}
