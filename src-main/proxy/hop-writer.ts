/** Writes hops into a preallocated buffer: no object is made and nothing is copied twice. */
import {
  Compared,
  DIRECTIONS,
  Float,
  IDS_LENGTH,
  MIRROR_FLOATS,
  NO_PARENT,
  TEXT_OFFSET,
  Word,
} from './hop-layout.ts';
import type { Hop, HopBatch, MirrorComparison } from './hop.ts';

/** A hop as the exchange holds it: strings that repeat are interned by the writer. */
export type HopDraft = Hop;

const FIRST_CAPACITY = 64 * 1024;
/** A batch that reaches this is sent at once. */
const FLUSH_BYTES = 1024 * 1024;
const LONGEST_PATH = 1024;
const LONGEST_REQUEST_ID = 128;
/** Interned strings come from configuration and certificates, but methods from callers: bounded. */
const MOST_STRINGS = 100_000;

export class HopWriter {
  readonly #send: (batch: HopBatch) => void;
  readonly #table = new Map<string, number>();
  #newStrings: string[] = [];
  #count = 0;
  #used = 0;
  #bytes: Buffer;
  #words: Uint32Array;
  #floats: Float64Array;

  /** `send` gets each batch and owns its bytes from then on (they may be transferred). */
  constructor(send: (batch: HopBatch) => void) {
    this.#send = send;
    this.#bytes = Buffer.from(new ArrayBuffer(FIRST_CAPACITY));
    this.#words = new Uint32Array(this.#bytes.buffer);
    this.#floats = new Float64Array(this.#bytes.buffer);
    this.#intern('');
  }

  write(hop: HopDraft): void {
    const path = hop.path.length > LONGEST_PATH ? hop.path.slice(0, LONGEST_PATH) : hop.path;
    const requestId = hop.requestId.slice(0, LONGEST_REQUEST_ID);
    const text = (TEXT_OFFSET + IDS_LENGTH + requestId.length + path.length + 7) & ~7;
    const length = hop.mirror ? text + MIRROR_FLOATS * 8 : text;
    if (this.#used + length > this.#bytes.length) this.#grow(length);
    this.#writeWords(hop, length, requestId.length, path.length);
    this.#writeFloats(hop);
    if (hop.mirror) this.#writeMirror(hop.mirror, (this.#used + text) >> 3);
    const ids = hop.traceId + hop.spanId + (hop.parentId || NO_PARENT);
    this.#bytes.write(ids + requestId + path, this.#used + TEXT_OFFSET, 'latin1');
    this.#used += length;
    this.#count++;
    if (this.#used >= FLUSH_BYTES) this.flush();
  }

  /** Sends what is at hand; nothing where there is nothing. */
  flush(): void {
    if (this.#count === 0) return;
    const batch: HopBatch = {
      newStrings: this.#newStrings,
      count: this.#count,
      bytes: new Uint8Array(this.#bytes.buffer, 0, this.#used),
    };
    const capacity = Math.max(FIRST_CAPACITY, nextPowerOfTwo(this.#used));
    this.#newStrings = [];
    this.#count = 0;
    this.#used = 0;
    this.#replace(capacity);
    this.#send(batch);
  }

  #writeWords(hop: HopDraft, length: number, requestId: number, path: number): void {
    const words = this.#words;
    const at = this.#used >> 2;
    words[at + Word.LENGTH] = length;
    words[at + Word.FLAGS] = hop.flags;
    words[at + Word.NODE] = this.#intern(hop.node);
    words[at + Word.DIRECTION] = DIRECTIONS.indexOf(hop.direction);
    words[at + Word.SOURCE_SERVICE] = this.#intern(hop.sourceService);
    words[at + Word.SOURCE_VERSION] = this.#intern(hop.sourceVersion);
    words[at + Word.DESTINATION_SERVICE] = this.#intern(hop.destinationService);
    words[at + Word.DESTINATION_VERSION] = this.#intern(hop.destinationVersion);
    words[at + Word.DESTINATION_INSTANCE] = this.#intern(hop.destinationInstance);
    words[at + Word.ROUTE] = this.#intern(hop.route);
    words[at + Word.METHOD] = this.#intern(hop.method);
    words[at + Word.FAILURE] = this.#intern(hop.failure);
    words[at + Word.FAULTS] = this.#intern(hop.faults);
    words[at + Word.PEER] = this.#intern(hop.peerSpiffeId);
    words[at + Word.STATUS] = hop.status;
    words[at + Word.ATTEMPT] = hop.attempt;
    words[at + Word.REQUEST_ID] = requestId;
    words[at + Word.PATH] = path;
    words[at + Word.PROTOCOL] = this.#intern(hop.protocol);
    words[at + Word.GRPC_STATUS] = hop.grpcStatus + 1;
    words[at + Word.RULE] = this.#intern(hop.rule);
    words[at + Word.DESTINATION_LOCALITY] = this.#intern(hop.destinationLocality);
    words[at + Word.PRIORITY] = hop.priority;
    words[at + Word.FILTERS] = this.#intern(hop.filters);
  }

  #writeFloats(hop: HopDraft): void {
    const floats = this.#floats;
    const at = this.#used >> 3;
    floats[at + Float.START] = hop.start;
    floats[at + Float.DURATION] = hop.duration;
    floats[at + Float.EXCHANGE_DURATION] = hop.exchangeDuration;
    floats[at + Float.INJECTED] = hop.timing.injected;
    floats[at + Float.QUEUE] = hop.timing.queue;
    floats[at + Float.CONNECT] = hop.timing.connect;
    floats[at + Float.TLS] = hop.timing.tls;
    floats[at + Float.UPSTREAM] = hop.timing.upstream;
    floats[at + Float.REQUEST_BYTES] = hop.requestBytes;
    floats[at + Float.RESPONSE_BYTES] = hop.responseBytes;
  }

  #writeMirror(mirror: MirrorComparison, at: number): void {
    const { compared, statusDiffers, bodyDiffers } = mirror;
    this.#floats.set(
      [
        (compared ? Compared.BOTH : 0) |
          (statusDiffers ? Compared.STATUS_DIFFERS : 0) |
          (bodyDiffers ? Compared.BODY_DIFFERS : 0),
        mirror.primaryStatus,
        mirror.primaryGrpcStatus,
        mirror.primaryDuration,
        mirror.primaryBytes,
      ],
      at,
    );
  }

  #intern(text: string): number {
    const known = this.#table.get(text);
    if (known !== undefined) return known;
    if (this.#table.size >= MOST_STRINGS) return 0;
    const index = this.#table.size;
    this.#table.set(text, index);
    this.#newStrings.push(text);
    return index;
  }

  #grow(length: number): void {
    const before = this.#bytes;
    this.#replace(nextPowerOfTwo(this.#used + length));
    before.copy(this.#bytes, 0, 0, this.#used);
  }

  #replace(capacity: number): void {
    this.#bytes = Buffer.from(new ArrayBuffer(capacity));
    this.#words = new Uint32Array(this.#bytes.buffer);
    this.#floats = new Float64Array(this.#bytes.buffer);
  }
}

function nextPowerOfTwo(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}
