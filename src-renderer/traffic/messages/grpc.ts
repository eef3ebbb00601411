/**
 * Messages of gRPC (its HTTP/2 protocol, "Length-Prefixed-Message"): a byte that says whether it is
 * compressed, four of length, the message. What is in it is read as far as that can be done without
 * its .proto, as `protoc --decode_raw` does. Pure.
 */

export interface GrpcFrame {
  /** gRPC-Web's last one, which has the trailers as text. */
  readonly isTrailers: boolean;
  readonly isCompressed: boolean;
  /** As it was announced, in bytes. */
  readonly length: number;
  /** What of it is there. */
  readonly message: Uint8Array;
}

export interface ProtoField {
  readonly number: number;
  /** The wire type: how its value stands there. */
  readonly wire: 'varint' | 'fixed64' | 'length' | 'fixed32';
  readonly value: string;
  /** Where its bytes can be read as a message. */
  readonly fields: readonly ProtoField[];
}

const HEAD = 5;
const COMPRESSED = 0x01;
/** gRPC-Web, "Message framing". */
const TRAILERS = 0x80;
/** A message in a message in a message: more is hardly meant. */
const DEEPEST = 8;

/** The last one may be cut off. */
export function grpcFrames(bytes: Uint8Array): GrpcFrame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: GrpcFrame[] = [];
  for (let at = 0; at + HEAD <= bytes.length;) {
    const flags = view.getUint8(at);
    const length = view.getUint32(at + 1);
    const start = at + HEAD;
    frames.push({
      isTrailers: (flags & TRAILERS) !== 0,
      isCompressed: (flags & COMPRESSED) !== 0,
      length,
      message: bytes.subarray(start, start + length),
    });
    at = start + length;
  }
  return frames;
}

/** Undefined where the bytes are no message of Protocol Buffers, or not all of one. */
export function protoFields(bytes: Uint8Array, depth = 0): ProtoField[] | undefined {
  const reader = new ProtoReader(bytes);
  const fields: ProtoField[] = [];
  while (!reader.isEnd) {
    const field = readField(reader, depth);
    if (!field) return undefined;
    fields.push(field);
  }
  return fields;
}

function readField(reader: ProtoReader, depth: number): ProtoField | undefined {
  const tag = reader.varint();
  if (tag === undefined || tag >> 3n === 0n || tag >> 3n > 0x1fffffffn) return undefined;
  const number = Number(tag >> 3n);
  switch (Number(tag & 7n)) {
    case 0: {
      const value = reader.varint();
      return value === undefined
        ? undefined
        : { number, wire: 'varint', value: String(value), fields: [] };
    }
    case 1:
      return fixed(number, 'fixed64', reader.bytes(8));
    case 2: {
      const length = reader.varint();
      const inner = length === undefined ? undefined : reader.bytes(Number(length));
      return inner && lengthField(number, inner, depth);
    }
    case 5:
      return fixed(number, 'fixed32', reader.bytes(4));
    default:
      // Groups went out of use with proto2; the other numbers mean nothing.
      return undefined;
  }
}

function fixed(
  number: number,
  wire: 'fixed64' | 'fixed32',
  bytes: Uint8Array | undefined,
): ProtoField | undefined {
  if (!bytes) return undefined;
  const hex = [...bytes].reverse().map(hexOf).join('');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const real = wire === 'fixed64' ? view.getFloat64(0, true) : view.getFloat32(0, true);
  return { number, wire, value: `0x${hex} (${Number(real.toPrecision(7))})`, fields: [] };
}

/** Text where it reads as text; else a message where it reads as one; else bytes. */
function lengthField(number: number, bytes: Uint8Array, depth: number): ProtoField {
  const text = printable(bytes);
  if (text !== undefined)
    return { number, wire: 'length', value: JSON.stringify(text), fields: [] };
  const fields = depth < DEEPEST ? protoFields(bytes, depth + 1) : undefined;
  if (fields) return { number, wire: 'length', value: `${bytes.length} bytes`, fields };
  return { number, wire: 'length', value: [...bytes].map(hexOf).join(' '), fields: [] };
}

function printable(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /^[^\p{Cc}]*$/u.test(text.replace(/[\r\n\t]/g, '')) ? text : undefined;
  } catch {
    // No UTF-8: then it is no text.
    return undefined;
  }
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

class ProtoReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Ten bytes at most; undefined where it does not end. */
  varint(): bigint | undefined {
    let value = 0n;
    for (let i = 0n; i < 10n; i++) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 0x7f) << (7n * i);
      if (byte < 0x80) return value;
    }
    return undefined;
  }

  /** Undefined where there are not so many. */
  bytes(count: number): Uint8Array | undefined {
    const end = this.#at + count;
    if (end > this.#bytes.length) return undefined;
    const found = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return found;
  }
}
