/** Messages to the engine. Writing never waits: what the engine is too slow for is let go of, and told. */
import type { Writable } from 'node:stream';
import type { Bytes } from '../base/units.ts';
import { encodeFrame } from './frames.ts';
import type { FromPod } from './messages.ts';

/** More than this waits for the engine: hop records and captures are left out. */
const MOST_WAITING: Bytes = 4 * 1024 * 1024;
const NOTHING = new Uint8Array(0);

export class Outlet {
  readonly #stream: Writable;
  #lost = 0;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  send(message: FromPod): void {
    const isFull = this.#stream.writableLength > MOST_WAITING;
    if (!isFull && this.#lost > 0) {
      this.#write({ type: 'hops-lost', count: this.#lost });
      this.#lost = 0;
    }
    this.#write(isFull ? this.#reduced(message) : message);
  }

  /** What a message is where there is no room for it: what must be known of it all the same. */
  #reduced(message: FromPod): FromPod {
    if (message.type === 'captured') {
      const lost = { ...message.lost };
      for (const { capture } of message.exchanges) lost[capture] = (lost[capture] ?? 0) + 1;
      return { type: 'captured', exchanges: [], lost };
    }
    if (message.type !== 'hops') return message;
    // The strings of a batch stand for all that come after it.
    const { newStrings, count } = message.batch;
    this.#lost += count;
    return { type: 'hops', batch: { newStrings, count: 0, bytes: NOTHING } };
  }

  #write(message: FromPod): void {
    this.#stream.cork();
    for (const part of encodeFrame(message)) this.#stream.write(part);
    this.#stream.uncork();
  }
}
