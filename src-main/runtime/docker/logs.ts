/** The output of a container, line by line, as it is written. */
import type { Readable } from 'node:stream';
import type { Container } from 'dockerode';
import { LineSplitter } from '../process/line-splitter.ts';

export interface LogOptions {
  /** A terminal has one stream for both. */
  readonly tty: boolean;
  /** Of the engine's clock, as it writes times: what was written before is not wanted. */
  readonly since: string;
  onLine(stream: 'stdout' | 'stderr', line: string): void;
}

/**
 * Follows the output until the container ends.
 * @returns resolves when all of it has been given; never rejects: without the engine there is no more
 */
export async function followLogs(
  container: Container,
  { tty, since, onLine }: LogOptions,
): Promise<void> {
  const stdout = new LineSplitter((line) => onLine('stdout', line));
  const stderr = new LineSplitter((line) => onLine('stderr', line));
  const stream = (await container.logs({
    follow: true,
    stdout: true,
    stderr: true,
    since: secondsOf(since) as never,
  })) as unknown as Readable;
  const frames = new LogFrames((type, part) => (type === 2 ? stderr : stdout).push(part));
  stream.on('data', (chunk: Buffer) => (tty ? stdout.push(chunk) : frames.push(chunk)));
  await new Promise<void>((resolve) => {
    stream.on('close', resolve);
    // The engine has gone away: `close` comes too, and the connection says so.
    stream.on('error', () => resolve());
  });
  stdout.end();
  stderr.end();
}

/** `2026-11-25T14:00:00.123456789Z` to what the API takes: seconds with nanoseconds. Pure. */
export function secondsOf(time: string): string {
  const nanos = /\.(\d+)/.exec(time)?.[1] ?? '0';
  return `${Math.floor(Date.parse(time) / 1000)}.${nanos.padEnd(9, '0').slice(0, 9)}`;
}

/** Of a frame: its stream in the first byte, its length in the last four. */
const HEAD = 8;

/**
 * Takes the two streams of a container's output apart (Engine API, "stream format"). The library's own
 * waits for whole frames; a frame may be as large as what a program writes at once, so parts of one are
 * passed on as they come.
 */
export class LogFrames {
  readonly #onPart: (type: number, part: Buffer) => void;
  #head = Buffer.alloc(0);
  #type = 1;
  #left = 0;

  constructor(onPart: (type: number, part: Buffer) => void) {
    this.#onPart = onPart;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#left > 0 ? this.#body(rest) : this.#start(rest);
  }

  #body(rest: Buffer): Buffer {
    const part = rest.subarray(0, this.#left);
    this.#left -= part.length;
    this.#onPart(this.#type, part);
    return rest.subarray(part.length);
  }

  #start(rest: Buffer): Buffer {
    const missing = HEAD - this.#head.length;
    this.#head = Buffer.concat([this.#head, rest.subarray(0, missing)]);
    if (this.#head.length === HEAD) {
      this.#type = this.#head.readUInt8(0);
      this.#left = this.#head.readUInt32BE(4);
      this.#head = Buffer.alloc(0);
    }
    return rest.subarray(missing);
  }
}
