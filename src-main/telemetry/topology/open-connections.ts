/** The connections of bytes over one edge that are open; each tells so every few seconds. */

/** Of one that has said nothing for so long its proxy is gone. */
const SILENT_SECONDS = 15;

export class OpenConnections {
  /** By span, when it was last heard of. */
  readonly #heard = new Map<string, { readonly second: number; readonly mtls: boolean }>();

  /** `second`: since 1970. */
  hear(spanId: string, second: number, mtls: boolean): void {
    this.#heard.set(spanId, { second, mtls });
  }

  end(spanId: string): void {
    this.#heard.delete(spanId);
  }

  /** `now`: seconds since 1970. */
  count(now: number): number {
    for (const [spanId, { second }] of this.#heard) {
      if (now - second > SILENT_SECONDS) this.#heard.delete(spanId);
    }
    return this.#heard.size;
  }

  /** None of them is plain text. */
  get mtls(): boolean {
    return [...this.#heard.values()].every(({ mtls }) => mtls);
  }
}
