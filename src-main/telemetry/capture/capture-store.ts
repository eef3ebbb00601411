/** Captured exchanges, on disk, bounded; found by the spans of their hops. */
import type { RingFile } from '../store/ring-file.ts';
import type { KeptExchange, KeptMessage } from './kept-exchange.ts';

interface Place {
  readonly spanId: string;
  readonly position: number;
  readonly length: number;
}

/** What stands before the two bodies. */
type Header = Omit<KeptExchange, 'request' | 'response'> & {
  readonly request: Omit<KeptExchange['request'], 'body'>;
  readonly response?: Omit<NonNullable<KeptExchange['response']>, 'body'>;
  readonly sizes: readonly [request: number, response: number];
};

const LENGTH_BYTES = 4;

export class CaptureStore {
  /** By trace, the oldest first. */
  readonly #places = new Map<string, Place[]>();
  #file: RingFile | undefined;

  useFile(file: RingFile): void {
    this.#file = file;
  }

  /** False where there is no room for it, or no disk. */
  add(exchange: KeptExchange): boolean {
    const bytes = write(exchange);
    const position = this.#file?.append(bytes);
    if (position === undefined) return false;
    const { traceId, spanId } = exchange;
    const place = { spanId, position, length: bytes.length };
    this.#places.set(traceId, [...(this.#places.get(traceId) ?? []), place]);
    this.#forget();
    return true;
  }

  /** Spans of a trace whose messages are kept. */
  spans(traceId: string): string[] {
    return (this.#places.get(traceId) ?? []).map(({ spanId }) => spanId);
  }

  /** Undefined where it was not captured, or is forgotten. */
  async get(traceId: string, spanId: string): Promise<KeptExchange | undefined> {
    const place = this.#places.get(traceId)?.find((one) => one.spanId === spanId);
    const bytes = place && (await this.#file?.read(place.position, place.length));
    return bytes && read(bytes);
  }

  /** What has been overwritten meanwhile. */
  #forget(): void {
    const oldest = this.#file?.oldest ?? 0;
    for (const [traceId, places] of this.#places) {
      const left = places.filter(({ position }) => position >= oldest);
      if (left.length === places.length) return;
      this.#places.delete(traceId);
      if (left.length > 0) this.#places.set(traceId, left);
    }
  }
}

/** Length of the header, the header as JSON, the request's body, the answer's. */
function write(exchange: KeptExchange): Buffer {
  const { request, response } = exchange;
  const bodies = [request.body, response?.body ?? new Uint8Array(0)] as const;
  const header: Header = {
    ...exchange,
    request: bodiless(request),
    ...(response && { response: bodiless(response) }),
    sizes: [bodies[0].length, bodies[1].length],
  } as Header;
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, ...bodies]);
}

function bodiless<T extends KeptMessage>({ body: _, ...rest }: T): Omit<T, 'body'> {
  return rest;
}

function read(bytes: Uint8Array): KeptExchange {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = LENGTH_BYTES + buffer.readUInt32LE();
  const { sizes, request, response, ...rest } = JSON.parse(
    buffer.toString('utf8', LENGTH_BYTES, end),
  ) as Header;
  const middle = end + sizes[0];
  return {
    ...rest,
    request: { ...request, body: buffer.subarray(end, middle) },
    response: response && { ...response, body: buffer.subarray(middle, middle + sizes[1]) },
  };
}
