/**
 * Bytes of one direction of a connection to messages, one after the other. Whatever follows a
 * message (a pipelined request) is kept until `next` is called.
 */
import { ChunkedDecoder } from './chunked-decoder.ts';
import type { BodySink } from './chunked-decoder.ts';
import { ProtocolError, bad } from './head.ts';
import type { MessageHead } from './head.ts';

export interface MessageSink<Head> extends BodySink {
  onHead(head: Head): void;
  /** No further message can be read; the connection must end. */
  onProtocolError(error: ProtocolError): void;
}

export interface HeadLimits {
  readonly headBytes: number;
  readonly headerCount: number;
}

/** How long a body is: a number of bytes, or one of these. */
export const BodyLength = { NONE: 0, CHUNKED: -1, UNTIL_CLOSE: -2 } as const;

const NOTHING = Buffer.alloc(0);
const HEAD_END = '\r\n\r\n';

const State = { HEAD: 0, LENGTH: 1, CHUNKED: 2, UNTIL_CLOSE: 3, HELD: 4, BROKEN: 5 } as const;
type State = (typeof State)[keyof typeof State];

/** What requests and responses differ in. */
export interface MessageKind<Head extends MessageHead> {
  parse(text: string, limits: HeadLimits): Head;
  /** The body's length by RFC 9112 §6.3, or one of BodyLength. @throws ProtocolError */
  bodyLength(head: Head): number;
  /** Whether empty lines before the head are passed over (RFC 9112 §2.2: requests only). */
  readonly skipsEmptyLine: boolean;
}

export class MessageReader<Head extends MessageHead> {
  readonly #kind: MessageKind<Head>;
  readonly #sink: MessageSink<Head>;
  readonly #limits: HeadLimits;
  #state: State = State.HEAD;
  /** Unread bytes: a head that is not complete, or what follows the message at hand. */
  #pending: Buffer = NOTHING;
  /** Up to here `pending` was searched for the head's end. */
  #searched = 0;
  #left = 0;
  #chunked: ChunkedDecoder | undefined;

  constructor(kind: MessageKind<Head>, sink: MessageSink<Head>, limits: HeadLimits) {
    this.#kind = kind;
    this.#sink = sink;
    this.#limits = limits;
  }

  /** Some bytes of a head are there, but not all. */
  get inHead(): boolean {
    return this.#state === State.HEAD && this.#pending.length > 0;
  }

  /** Some bytes wait behind the message at hand. */
  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  get inBody(): boolean {
    return this.#state >= State.LENGTH && this.#state <= State.UNTIL_CLOSE;
  }

  feed(chunk: Buffer): void {
    try {
      this.#consume(chunk);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#state = State.BROKEN;
      this.#pending = NOTHING;
      this.#sink.onProtocolError(error);
    }
  }

  /** The message at hand has been dealt with: goes on to the next one. */
  next(): void {
    if (this.#state !== State.HELD) return;
    this.#state = State.HEAD;
    this.#searched = 0;
    if (this.#pending.length === 0) return;
    const rest = this.#pending;
    this.#pending = NOTHING;
    this.feed(rest);
  }

  /** What follows is not HTTP any more: the bytes that are here already, and none after them. */
  release(): Buffer {
    const rest = this.#pending;
    this.stop();
    return rest;
  }

  /** Nothing more will be read: the connection is being given up. */
  stop(): void {
    this.#state = State.BROKEN;
    this.#pending = NOTHING;
  }

  /** The peer has ended its side. Returns whether a message was cut off by that. */
  end(): boolean {
    if (this.#state === State.UNTIL_CLOSE) {
      this.#finish(undefined);
      return false;
    }
    return this.inHead || this.inBody;
  }

  #consume(chunk: Buffer): void {
    let position = 0;
    while (position < chunk.length) {
      switch (this.#state) {
        case State.HEAD:
          position = this.#takeHead(chunk, position);
          break;
        case State.LENGTH:
          position = this.#takeLength(chunk, position);
          break;
        case State.CHUNKED:
          position = (this.#chunked as ChunkedDecoder).feed(chunk, position);
          break;
        case State.UNTIL_CLOSE:
          this.#sink.onBody(position === 0 ? chunk : chunk.subarray(position));
          return;
        case State.HELD:
          this.#keep(chunk, position);
          return;
        case State.BROKEN:
          return;
      }
    }
  }

  #keep(chunk: Buffer, from: number): void {
    const rest = from === 0 ? chunk : chunk.subarray(from);
    this.#pending = this.#pending.length === 0 ? rest : Buffer.concat([this.#pending, rest]);
  }

  /** Returns the position behind the head, or the chunk's length where the head is not complete. */
  #takeHead(chunk: Buffer, from: number): number {
    const before = this.#pending.length;
    let start = from;
    let buffer = chunk;
    if (before > 0) {
      this.#keep(chunk, from);
      buffer = this.#pending;
      start = 0;
    }
    start += this.#emptyLines(buffer, start);
    const end = buffer.indexOf(HEAD_END, Math.max(start, this.#searched), 'latin1');
    if (end < 0) return this.#headIncomplete(buffer, start, chunk.length);
    this.#pending = NOTHING;
    this.#searched = 0;
    if (end + 4 - start > this.#limits.headBytes) throw tooLarge();
    const text = buffer.toString('latin1', start, end + 2);
    // Where the head began in an earlier chunk, the position is counted in this one.
    const next = before > 0 ? end + 4 - before + from : end + 4;
    this.#begin(this.#kind.parse(text, this.#limits));
    return next;
  }

  /** The length of the empty lines at `start`. */
  #emptyLines(buffer: Buffer, start: number): number {
    if (!this.#kind.skipsEmptyLine || this.#searched > 0) return 0;
    let end = start;
    while (buffer[end] === 13 && buffer[end + 1] === 10) end += 2;
    return end - start;
  }

  #headIncomplete(buffer: Buffer, start: number, consumed: number): number {
    const rest = start === 0 ? buffer : buffer.subarray(start);
    if (rest.length > this.#limits.headBytes) throw tooLarge();
    refuseBareLineFeed(rest);
    // A copy: a small part must not keep a large read buffer alive.
    this.#pending = rest === this.#pending ? rest : Buffer.from(rest);
    this.#searched = Math.max(0, rest.length - 3);
    return consumed;
  }

  #begin(head: Head): void {
    const length = this.#kind.bodyLength(head);
    this.#left = length;
    if (length > 0) this.#state = State.LENGTH;
    else if (length === BodyLength.CHUNKED) this.#beginChunked();
    else if (length === BodyLength.UNTIL_CLOSE) this.#state = State.UNTIL_CLOSE;
    else this.#state = State.HELD;
    this.#sink.onHead(head);
    if (length === BodyLength.NONE && this.#state === State.HELD) this.#sink.onEnd(undefined);
  }

  #beginChunked(): void {
    this.#state = State.CHUNKED;
    this.#chunked = new ChunkedDecoder({
      onBody: (chunk) => this.#sink.onBody(chunk),
      onEnd: (trailers) => this.#finish(trailers),
    });
  }

  #takeLength(chunk: Buffer, from: number): number {
    const end = Math.min(chunk.length, from + this.#left);
    this.#left -= end - from;
    this.#sink.onBody(from === 0 && end === chunk.length ? chunk : chunk.subarray(from, end));
    if (this.#left === 0 && this.#state === State.LENGTH) this.#finish(undefined);
    return end;
  }

  #finish(trailers: string[] | undefined): void {
    if (this.#state === State.BROKEN) return;
    this.#state = State.HELD;
    this.#chunked = undefined;
    this.#sink.onEnd(trailers);
  }
}

function tooLarge(): ProtocolError {
  return new ProtocolError('head-too-large', 'the head is over the limit');
}

/** A peer that ends its lines with a bare LF would never send the CR LF CR LF that is waited for. */
function refuseBareLineFeed(rest: Buffer): void {
  for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10, at + 1)) {
    if (at === 0 || rest[at - 1] !== 13) throw bad('a line ends without CR LF');
  }
}
