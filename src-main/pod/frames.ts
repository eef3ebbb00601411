/**
 * Messages on a stream of bytes. A frame is the length of what follows it, the length of its JSON
 * (both 32 bits, big-endian), the JSON, and then the bytes that stand in it, in their order: hop
 * records and bodies go as they are. JSON rather than `node:v8`'s form, since the Node of a sidecar's
 * image need not be the engine's.
 */

const HEAD_BYTES = 8;
/** More than any message has; a length beyond it is not ours. */
const LONGEST = 256 * 1024 * 1024;
/** Stands in the JSON for bytes. Braces of our own have one key, and it begins with a control. */
const BYTES_KEY = '\u0000bytes';

export function encodeFrame(message: unknown): Buffer[] {
  const parts: Buffer[] = [];
  // A Buffer would make itself JSON before a replacer sees it: it is asked for by its holder.
  const json = JSON.stringify(message, function (this: Record<string, unknown>, key, value) {
    const raw = this[key];
    if (!(raw instanceof Uint8Array)) return value as unknown;
    parts.push(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
    return { [BYTES_KEY]: raw.byteLength };
  });
  const text = Buffer.from(json);
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  const length = parts.reduce((sum, part) => sum + part.length, 4 + text.length);
  head.writeUInt32BE(length, 0);
  head.writeUInt32BE(text.length, 4);
  return [head, text, ...parts];
}

/** Puts frames together again, however the stream cuts them. */
export class FrameReader {
  readonly #onMessage: (message: unknown) => void;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(onMessage: (message: unknown) => void) {
    this.#onMessage = onMessage;
  }

  /** @throws Error where the stream is not one of frames. */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (;;) {
      const frame = this.#take();
      if (!frame) return;
      this.#onMessage(decode(frame));
    }
  }

  /** The next whole frame, without its length. */
  #take(): Buffer | undefined {
    if (this.#length < 4) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < 4) this.#join();
    const length = this.#chunks[0]?.readUInt32BE(0) ?? 0;
    if (length < 4 || length > LONGEST)
      throw new Error(`a frame of ${length} bytes is none of ours`);
    if (this.#length < 4 + length) return undefined;
    const all = this.#join();
    this.#chunks = [all.subarray(4 + length)];
    this.#length -= 4 + length;
    return all.subarray(4, 4 + length);
  }

  #join(): Buffer {
    const all = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
    const joined = all ?? Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [joined];
    return joined;
  }
}

function decode(frame: Buffer): unknown {
  const jsonLength = frame.readUInt32BE(0);
  let at = 4 + jsonLength;
  const json = frame.toString('utf8', 4, at);
  return JSON.parse(json, (_, value: unknown) => {
    const length = bytesIn(value);
    if (length === undefined) return value;
    // Memory of its own: whoever reads numbers in it wants them aligned.
    const bytes = new Uint8Array(frame.subarray(at, at + length));
    at += length;
    return bytes;
  });
}

function bytesIn(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const length = (value as Record<string, unknown>)[BYTES_KEY];
  return typeof length === 'number' ? length : undefined;
}
