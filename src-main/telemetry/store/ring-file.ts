/**
 * A file that keeps the newest bytes that were appended to it, at most `capacity` of them. What is
 * appended has a position that is never used again; what was overwritten is gone.
 *
 *     position   0 ──────────────► capacity ──────► end
 *     file       [ overwritten │ kept ……………………… ]      kept: [end - capacity, end)
 *
 * The file has no name any more once it is open: whatever becomes of the engine, the system takes
 * its bytes back.
 */
import { mkdir, open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Closable } from '../../base/disposable.ts';
import type { Bytes } from '../../base/units.ts';

interface Pending {
  readonly position: number;
  readonly bytes: Uint8Array;
}

/** Bytes that may wait for the disk; what comes while it is so far behind is not kept. */
const MOST_PENDING: Bytes = 32 * 1024 * 1024;

export class RingFile implements Closable {
  readonly capacity: Bytes;
  readonly #handle: FileHandle;
  readonly #onError: (error: Error) => void;
  #end = 0;
  #pending: Pending[] = [];
  #pendingBytes: Bytes = 0;
  #writing: Promise<void> | undefined;
  #failed = false;

  private constructor(handle: FileHandle, capacity: Bytes, onError: (error: Error) => void) {
    this.#handle = handle;
    this.capacity = capacity;
    this.#onError = onError;
  }

  /**
   * @param folder is made where it does not exist
   * @param onError called once, when the disk has refused: nothing more is kept from then on
   * @throws NodeJS.ErrnoException where the file cannot be made
   */
  static async open(
    folder: string,
    capacity: Bytes,
    onError: (error: Error) => void,
  ): Promise<RingFile> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${randomUUID()}.ring`);
    const handle = await open(path, 'wx+', 0o600);
    await unlink(path);
    return new RingFile(handle, capacity, onError);
  }

  /** The first position that is kept. */
  get oldest(): number {
    return Math.max(0, this.#end - this.capacity);
  }

  /** Of the file as it is on disk. */
  async size(): Promise<Bytes> {
    return (await this.#handle.stat()).size;
  }

  /**
   * Where the bytes are from now on; undefined where they are not kept: they are larger than the
   * file, or the disk does not keep up. They must not be changed afterwards.
   */
  append(bytes: Uint8Array): number | undefined {
    const { length } = bytes;
    if (this.#failed || length > this.capacity) return undefined;
    if (this.#pendingBytes + length > MOST_PENDING) return undefined;
    // A record lies in one piece: what is left before the file's end stays unused.
    const left = this.capacity - (this.#end % this.capacity);
    const position = length > left ? this.#end + left : this.#end;
    this.#end = position + length;
    this.#pending.push({ position, bytes });
    this.#pendingBytes += length;
    this.#writing ??= this.#write();
    return position;
  }

  /** What was appended there, or a part of it; undefined where it is kept no more. */
  async read(position: number, length: Bytes): Promise<Uint8Array | undefined> {
    if (position < this.oldest || this.#failed) return undefined;
    const waiting = this.#waiting(position, length);
    if (waiting) return waiting;
    const bytes = Buffer.alloc(length);
    await this.#handle.read(bytes, 0, length, position % this.capacity);
    // Meanwhile it may have been overwritten.
    return position < this.oldest ? undefined : bytes;
  }

  /** Resolves when all is on disk. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async close(): Promise<void> {
    this.#failed = true;
    await this.#writing;
    await this.#handle.close();
  }

  /** Of what is not on disk yet. */
  #waiting(position: number, length: Bytes): Uint8Array | undefined {
    for (const { position: start, bytes } of this.#pending) {
      const at = position - start;
      if (at >= 0 && at + length <= bytes.length) return bytes.subarray(at, at + length);
    }
    return undefined;
  }

  async #write(): Promise<void> {
    try {
      for (let next = this.#pending[0]; next && !this.#failed; next = this.#pending[0]) {
        await this.#writeOne(next);
        this.#pending.shift();
        this.#pendingBytes -= next.bytes.length;
      }
    } catch (error) {
      this.#failed = true;
      this.#onError(error as Error);
    }
    if (this.#failed) this.#pending = [];
    this.#writing = undefined;
  }

  async #writeOne({ position, bytes }: Pending): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      const at = (position % this.capacity) + written;
      const { bytesWritten } = await this.#handle.write(bytes, written, bytes.length - written, at);
      written += bytesWritten;
    }
  }
}
