/** A request's body on its way: what has arrived and is not sent, or is kept for another try. */
import type { Bytes } from '../../base/units.ts';

export class RequestBody {
  readonly #limit: Bytes;
  #chunks: Buffer[] = [];
  /** The index of the first chunk in `#chunks`, counted from the body's start. */
  #base = 0;
  #kept: Bytes = 0;
  #retained: boolean;
  /** All of it has arrived. */
  ended = false;
  trailers: string[] | undefined;
  received: Bytes = 0;

  /** `retained`: kept for further tries, as long as it stays within `limit` bytes. */
  constructor(retained: boolean, limit: Bytes) {
    this.#retained = retained;
    this.#limit = limit;
  }

  /** Kept whole for further tries, so far. */
  get retained(): boolean {
    return this.#retained;
  }

  /** Another try can send it from its start: nothing has been let go of. */
  get replayable(): boolean {
    return this.#base === 0;
  }

  /** Bytes that wait here. */
  get waiting(): Bytes {
    return this.#kept;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    this.received += chunk.length;
    if (this.received > this.#limit) this.#retained = false;
  }

  /** The chunk at `index`; undefined where it has not arrived. What was sent is let go of. */
  at(index: number): Buffer | undefined {
    if (!this.#retained) this.#forget(index);
    return this.#chunks[index - this.#base];
  }

  #forget(index: number): void {
    const count = index - this.#base;
    if (count <= 0) return;
    for (const gone of this.#chunks.splice(0, count)) this.#kept -= gone.length;
    this.#base = index;
  }
}
