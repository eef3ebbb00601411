/** The chunked transfer coding (RFC 9112 §7.1), read strictly and without copying the data. */
import { bad, isToken } from './head.ts';

/** What a decoder hands on: slices of the data, then the end with the trailer fields. */
export interface BodySink {
  onBody(chunk: Buffer): void;
  /** `trailers`: names and values by turns; undefined where there were none. */
  onEnd(trailers: string[] | undefined): void;
}

/** Longest chunk-size line, extensions included (nginx and Envoy bound it too: CVE-2023-39326). */
const LONGEST_SIZE_LINE = 256;
const LONGEST_TRAILER = 8 * 1024;
/** 2^48 bytes: more would leave the whole numbers. */
const MOST_SIZE_DIGITS = 12;
const SIZE_LINE = /^([0-9A-Fa-f]+)(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?$/;

const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;

const State = { SIZE: 0, DATA: 1, DATA_END: 2, TRAILER: 3, DONE: 4 } as const;
type State = (typeof State)[keyof typeof State];

export class ChunkedDecoder {
  readonly #sink: BodySink;
  #state: State = State.SIZE;
  #left = 0;
  /** A line (or the CR LF after the data) that has not arrived whole yet. */
  #line = '';
  #trailerBytes = 0;
  #trailers: string[] | undefined;

  constructor(sink: BodySink) {
    this.#sink = sink;
  }

  get done(): boolean {
    return this.#state === State.DONE;
  }

  /**
   * Takes what belongs to the body; returns the index of the first byte that does not.
   * @throws ProtocolError
   */
  feed(buffer: Buffer, from: number): number {
    let position = from;
    while (position < buffer.length && this.#state !== State.DONE) {
      position =
        this.#state === State.DATA
          ? this.#takeData(buffer, position)
          : this.#takeLine(buffer, position);
    }
    return position;
  }

  #takeData(buffer: Buffer, from: number): number {
    const end = Math.min(buffer.length, from + this.#left);
    this.#left -= end - from;
    if (this.#left === 0) this.#state = State.DATA_END;
    this.#sink.onBody(from === 0 && end === buffer.length ? buffer : buffer.subarray(from, end));
    return end;
  }

  #takeLine(buffer: Buffer, from: number): number {
    const lineFeed = buffer.indexOf(10, from);
    const end = lineFeed < 0 ? buffer.length : lineFeed + 1;
    const limit = this.#state === State.TRAILER ? LONGEST_TRAILER : LONGEST_SIZE_LINE;
    if (this.#line.length + end - from > limit) throw bad('a line of the chunked body is too long');
    this.#line += buffer.toString('latin1', from, end);
    if (lineFeed < 0) return end;
    const line = this.#line;
    this.#line = '';
    if (line.charCodeAt(line.length - 2) !== 13) throw bad('a chunk line ends without CR LF');
    this.#onLine(line.slice(0, -2));
    return end;
  }

  #onLine(line: string): void {
    if (this.#state === State.SIZE) this.#onSize(line);
    else if (this.#state === State.TRAILER) this.#onTrailer(line);
    else if (line === '') this.#state = State.SIZE;
    else throw bad('a chunk is longer than its size');
  }

  #onSize(line: string): void {
    const digits = SIZE_LINE.exec(line)?.[1];
    if (digits === undefined) throw bad('a chunk size is not a hexadecimal number');
    if (digits.length > MOST_SIZE_DIGITS) throw bad('a chunk size is too large');
    this.#left = parseInt(digits, 16);
    this.#state = this.#left === 0 ? State.TRAILER : State.DATA;
  }

  #onTrailer(line: string): void {
    if (line === '') {
      this.#state = State.DONE;
      this.#sink.onEnd(this.#trailers);
      return;
    }
    this.#trailerBytes += line.length;
    if (this.#trailerBytes > LONGEST_TRAILER) throw bad('the trailer section is too long');
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    if (!isToken(name) || CONTROL.test(line)) throw bad('a trailer line is not a header line');
    (this.#trailers ??= []).push(name.toLowerCase(), line.slice(colon + 1).trim());
  }
}
