/** The beginning of a body, and how long all of it is. */
import type { Bytes } from '../../base/units.ts';

export class KeptBody {
  readonly #most: Bytes;
  readonly #chunks: Buffer[] = [];
  #kept: Bytes = 0;
  /** Of the whole body, so far. */
  length: Bytes = 0;

  constructor(most: Bytes) {
    this.#most = most;
  }

  /** Copies what it keeps: the chunk's bytes are the socket's. */
  push(chunk: Buffer): void {
    this.length += chunk.length;
    const room = this.#most - this.#kept;
    if (room <= 0) return;
    const part = Buffer.from(chunk.subarray(0, room));
    this.#chunks.push(part);
    this.#kept += part.length;
  }

  /** In memory of its own, so that it can be sent to another thread as it is. */
  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#kept);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }
}
