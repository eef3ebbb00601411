/**
 * Takes apart what the engine sends of a container without a terminal (Engine API, "attach"): a head of
 * eight bytes, the channel in the first and the length in the last four, then as many bytes.
 */

const HEAD = 8;
const STDERR = 2;

export interface Channels {
  onStdout(chunk: Buffer): void;
  onStderr(chunk: Buffer): void;
}

export class Demultiplexer {
  readonly #channels: Channels;
  #head = Buffer.alloc(0);
  #isStderr = false;
  /** Of the part at hand. */
  #left = 0;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  /** Passes slices on as they come: nothing waits for a part to be whole. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left === 0) at = this.#readHead(chunk, at);
      else at = this.#passOn(chunk, at);
    }
  }

  #readHead(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + HEAD - this.#head.length);
    this.#head = Buffer.concat([this.#head, chunk.subarray(at, end)]);
    if (this.#head.length === HEAD) {
      this.#isStderr = this.#head[0] === STDERR;
      this.#left = this.#head.readUInt32BE(4);
      this.#head = Buffer.alloc(0);
    }
    return end;
  }

  #passOn(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#left);
    this.#left -= end - at;
    const part = chunk.subarray(at, end);
    if (this.#isStderr) this.#channels.onStderr(part);
    else this.#channels.onStdout(part);
    return end;
  }
}
