/** What is kept of an answer's body to compare it with another one: its length, and a hash of its beginning. */
import { createHash } from 'node:crypto';
import type { Bytes } from '../../base/units.ts';

/** What comes behind counts by its length alone. */
export const HASHED_BYTES: Bytes = 64 * 1024;

export class AnswerDigest {
  readonly #hash = createHash('sha256');
  #length: Bytes = 0;

  /** Of the body, so far. */
  get length(): Bytes {
    return this.#length;
  }

  add(chunk: Buffer): void {
    const room = HASHED_BYTES - this.#length;
    if (room > 0) this.#hash.update(chunk.length > room ? chunk.subarray(0, room) : chunk);
    this.#length += chunk.length;
  }

  /** Two bodies of one text are the same, as far as was looked. To be asked once, at the end. */
  text(): string {
    return `${this.#length}:${this.#hash.digest('base64')}`;
  }
}
