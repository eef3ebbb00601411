/**
 * What is written to a socket within one turn of the event loop goes out as one write: a head and a
 * small body share a packet and a TLS record.
 */
import type { Socket } from 'node:net';

/** Up to here the parts are copied into one buffer; above, the copy costs more than a second write. */
const MERGE_BYTES = 16 * 1024;
/** More than this is not held back until the end of the turn. */
const FLUSH_BYTES = 64 * 1024;

export class Output {
  readonly #socket: Socket;
  #parts: (string | Buffer)[] = [];
  #bytes = 0;
  #scheduled = false;
  #written = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** The receiver is slower than the sender: wait for the socket's `drain` before writing more. */
  get congested(): boolean {
    return this.#socket.writableNeedDrain;
  }

  /** Bytes given to this output since it was made. */
  get written(): number {
    return this.#written;
  }

  /** Text is Latin-1: heads and chunk lines. */
  text(part: string): void {
    this.#add(part, part.length);
  }

  bytes(part: Buffer): void {
    this.#add(part, part.length);
  }

  #add(part: string | Buffer, length: number): void {
    this.#parts.push(part);
    this.#bytes += length;
    this.#written += length;
    if (this.#bytes >= FLUSH_BYTES) {
      this.flush();
    } else if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(this.#flushLater);
    }
  }

  readonly #flushLater = (): void => {
    this.#scheduled = false;
    this.flush();
  };

  flush(): void {
    const parts = this.#parts;
    if (parts.length === 0) return;
    const bytes = this.#bytes;
    this.#parts = [];
    this.#bytes = 0;
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    if (parts.length === 1) this.#write(parts[0] as string | Buffer);
    else if (bytes <= MERGE_BYTES) this.#socket.write(merged(parts, bytes));
    else this.#writeAll(parts);
  }

  #write(part: string | Buffer): void {
    if (typeof part === 'string') this.#socket.write(part, 'latin1');
    else this.#socket.write(part);
  }

  #writeAll(parts: readonly (string | Buffer)[]): void {
    this.#socket.cork();
    for (const part of parts) this.#write(part);
    this.#socket.uncork();
  }
}

function merged(parts: readonly (string | Buffer)[], bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  let offset = 0;
  for (const part of parts) {
    if (typeof part === 'string') offset += buffer.write(part, offset, 'latin1');
    else offset += part.copy(buffer, offset);
  }
  return buffer;
}
