/** Reads the batches of one worker. Numbers are read in place; text only when it is asked for. */
import {
  Compared,
  DIRECTIONS,
  Float,
  IDS_LENGTH,
  MIRROR_FLOATS,
  TEXT_OFFSET,
  Word,
} from './hop-layout.ts';
import { HopFlag } from './hop.ts';
import type { Hop, HopBatch, MirrorComparison } from './hop.ts';

/** One record of a batch; valid only while `visit` runs. */
export class HopCursor {
  readonly #strings: readonly string[];
  readonly #bytes: Buffer;
  readonly #words: Uint32Array;
  readonly #floats: Float64Array;
  #offset = 0;

  constructor(strings: readonly string[], bytes: Uint8Array) {
    this.#strings = strings;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
    this.#floats = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 3);
  }

  /** Moves to the record at `offset`; returns where the next one begins. */
  moveTo(offset: number): number {
    this.#offset = offset;
    return offset + this.#word(Word.LENGTH);
  }

  /** The record's own bytes, which mean something with the same table of strings alone. */
  get record(): Uint8Array {
    return this.#bytes.subarray(this.#offset, this.#offset + this.#word(Word.LENGTH));
  }

  get flags(): number {
    return this.#word(Word.FLAGS);
  }
  get direction(): Hop['direction'] {
    return DIRECTIONS[this.#word(Word.DIRECTION)] as Hop['direction'];
  }
  get node(): string {
    return this.#interned(Word.NODE);
  }
  get sourceService(): string {
    return this.#interned(Word.SOURCE_SERVICE);
  }
  get sourceVersion(): string {
    return this.#interned(Word.SOURCE_VERSION);
  }
  get destinationService(): string {
    return this.#interned(Word.DESTINATION_SERVICE);
  }
  get destinationVersion(): string {
    return this.#interned(Word.DESTINATION_VERSION);
  }
  get failure(): string {
    return this.#interned(Word.FAILURE);
  }
  get faults(): string {
    return this.#interned(Word.FAULTS);
  }
  get protocol(): string {
    return this.#interned(Word.PROTOCOL);
  }
  get filters(): string {
    return this.#interned(Word.FILTERS);
  }
  get rule(): string {
    return this.#interned(Word.RULE);
  }
  get status(): number {
    return this.#word(Word.STATUS);
  }
  /** -1: none was seen. */
  get grpcStatus(): number {
    return this.#word(Word.GRPC_STATUS) - 1;
  }
  get attempt(): number {
    return this.#word(Word.ATTEMPT);
  }
  get start(): number {
    return this.#float(Float.START);
  }
  get duration(): number {
    return this.#float(Float.DURATION);
  }
  get exchangeDuration(): number {
    return this.#float(Float.EXCHANGE_DURATION);
  }
  /** Milliseconds until it could be spoken on: faults, waiting, connection, TLS, and the first answer. */
  get established(): number {
    const steps = [Float.INJECTED, Float.QUEUE, Float.CONNECT, Float.TLS, Float.UPSTREAM] as const;
    return steps.reduce((sum, step) => sum + this.#float(step), 0);
  }
  /** 32 hex digits. */
  get traceId(): string {
    return this.#text(0, 32);
  }
  get spanId(): string {
    return this.#text(32, 16);
  }
  /** Empty at a root. */
  get parentId(): string {
    return this.#text(48, 16).trim();
  }

  /** Of a shadow; undefined for all others. */
  get mirror(): MirrorComparison | undefined {
    if (!(this.flags & HopFlag.MIRROR)) return undefined;
    const at = ((this.#offset + this.#word(Word.LENGTH)) >> 3) - MIRROR_FLOATS;
    const [bits = 0, status = 0, grpcStatus = 0, duration = 0, bytes = 0] = this.#floats.subarray(
      at,
      at + MIRROR_FLOATS,
    );
    return {
      compared: (bits & Compared.BOTH) !== 0,
      statusDiffers: (bits & Compared.STATUS_DIFFERS) !== 0,
      bodyDiffers: (bits & Compared.BODY_DIFFERS) !== 0,
      primaryStatus: status,
      primaryGrpcStatus: grpcStatus,
      primaryDuration: duration,
      primaryBytes: bytes,
    };
  }

  /** The whole record as an object of its own. */
  toHop(): Hop {
    const requestId = this.#word(Word.REQUEST_ID);
    const { mirror } = this;
    return {
      traceId: this.traceId,
      spanId: this.spanId,
      parentId: this.parentId,
      requestId: this.#text(IDS_LENGTH, requestId),
      node: this.node,
      direction: this.direction,
      sourceService: this.sourceService,
      sourceVersion: this.sourceVersion,
      destinationService: this.destinationService,
      destinationVersion: this.destinationVersion,
      destinationInstance: this.#interned(Word.DESTINATION_INSTANCE),
      destinationLocality: this.#interned(Word.DESTINATION_LOCALITY),
      priority: this.#word(Word.PRIORITY),
      route: this.#interned(Word.ROUTE),
      protocol: this.protocol,
      method: this.#interned(Word.METHOD),
      path: this.#text(IDS_LENGTH + requestId, this.#word(Word.PATH)),
      status: this.status,
      grpcStatus: this.grpcStatus,
      failure: this.failure,
      faults: this.faults,
      rule: this.rule,
      filters: this.filters,
      peerSpiffeId: this.#interned(Word.PEER),
      flags: this.flags,
      attempt: this.attempt,
      start: this.start,
      duration: this.duration,
      exchangeDuration: this.exchangeDuration,
      timing: {
        injected: this.#float(Float.INJECTED),
        queue: this.#float(Float.QUEUE),
        connect: this.#float(Float.CONNECT),
        tls: this.#float(Float.TLS),
        upstream: this.#float(Float.UPSTREAM),
      },
      requestBytes: this.#float(Float.REQUEST_BYTES),
      responseBytes: this.#float(Float.RESPONSE_BYTES),
      ...(mirror && { mirror }),
    };
  }

  #word(index: number): number {
    return this.#words[(this.#offset >> 2) + index] as number;
  }

  #float(index: number): number {
    return this.#floats[(this.#offset >> 3) + index] as number;
  }

  #interned(index: number): string {
    return this.#strings[this.#word(index)] ?? '';
  }

  #text(from: number, length: number): string {
    const start = this.#offset + TEXT_OFFSET + from;
    return this.#bytes.toString('latin1', start, start + length);
  }
}

/** Keeps the table of strings of one worker; its batches must come in the order they were sent. */
export class HopReader {
  readonly #strings: string[] = [];

  /** The table so far; it only ever grows. */
  get strings(): readonly string[] {
    return this.#strings;
  }

  /** Calls `visit` for each hop of the batch; the cursor is reused from call to call. */
  read(batch: HopBatch, visit: (hop: HopCursor) => void): void {
    this.#strings.push(...batch.newStrings);
    const cursor = new HopCursor(this.#strings, batch.bytes);
    let offset = 0;
    for (let i = 0; i < batch.count; i++) {
      const next = cursor.moveTo(offset);
      visit(cursor);
      offset = next;
    }
  }
}
