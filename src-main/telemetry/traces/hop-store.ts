/**
 * The hops of the last traces: the newest in memory, older ones on disk, both bounded. They are kept
 * as the workers wrote them, some 300 bytes each, one behind the other in segments:
 *
 *     open, one per worker ──► full, in memory ──► on disk ──► overwritten
 *
 * A caller that sends the same `traceparent` with every request makes one trace of them all: of such
 * a one, the newest hops are kept.
 */
import type { Bytes } from '../../base/units.ts';
import { HopCursor } from '../../proxy/hop-reader.ts';
import type { Hop } from '../../proxy/hop.ts';
import type { RingFile } from '../store/ring-file.ts';

/** A worker's table of strings. */
type Strings = readonly string[];

interface Segment {
  readonly id: number;
  readonly strings: Strings;
  /** Undefined once it is on disk. */
  bytes: Buffer | undefined;
  used: Bytes;
  /** In the file. */
  position: number;
}

/** What is known of a trace without reading its hops. */
export interface TraceEntry {
  /** Where its hops are. */
  readonly places: number[];
  /** The hop that stands for the whole request has come. */
  rooted: boolean;
  /** Ids of the lines that stand for it as long as it has no root, by the spans that they tell of. */
  listed: Map<string, number> | undefined;
  /** Spans of which the messages were captured. */
  captured: number;
}

export interface HopStoreOptions {
  /** Default 1 MiB; a record must fit. */
  readonly segmentBytes?: Bytes;
  /** In memory; default 64. */
  readonly segments?: number;
}

/** Of one trace; more than any request of a mesh on a laptop makes. */
const MOST_PER_TRACE = 1000;
/** No record is longer (`proxy/hop-layout.ts`). */
const LONGEST_RECORD = 1536;
const SEGMENT_BYTES = 1024 * 1024;
const SEGMENTS = 64;

export class HopStore {
  readonly #segmentBytes: Bytes;
  readonly #most: number;
  /** In the order of their ids. */
  readonly #segments = new Map<number, Segment>();
  readonly #open = new Map<Strings, Segment>();
  /** The oldest first, by their first hop that is kept. */
  readonly #traces = new Map<string, TraceEntry>();
  #file: RingFile | undefined;
  #inMemory = 0;
  #nextId = 0;

  constructor({ segmentBytes = SEGMENT_BYTES, segments = SEGMENTS }: HopStoreOptions = {}) {
    this.#segmentBytes = segmentBytes;
    this.#most = segments;
  }

  /** Traces of which some hop is kept. */
  get size(): number {
    return this.#traces.size;
  }

  /** From here on what does not fit into memory goes there; before, it is forgotten. */
  useFile(file: RingFile): void {
    this.#file = file;
  }

  /** Keeps a copy of the hop; `strings` is the table of the worker that wrote it. */
  add(hop: HopCursor, strings: Strings): TraceEntry {
    const { record } = hop;
    const segment = this.#segmentFor(strings, record.length);
    const place = segment.id * this.#segmentBytes + segment.used;
    segment.bytes?.set(record, segment.used);
    segment.used += record.length;
    return this.#note(hop.traceId, place);
  }

  entry(traceId: string): TraceEntry | undefined {
    return this.#traces.get(traceId);
  }

  /** Those that are in memory, in order of their start. */
  recent(traceId: string): Hop[] {
    const { places = [] } = this.#traces.get(traceId) ?? {};
    const hops = places.flatMap((place) => this.#readMemory(place) ?? []);
    return hops.sort((a, b) => a.start - b.start);
  }

  /** All that are kept, in order of their start; undefined where the trace is unknown or forgotten. */
  async get(traceId: string): Promise<Hop[] | undefined> {
    const places = this.#traces.get(traceId)?.places.slice() ?? [];
    const hops = await Promise.all(places.map((place) => this.#read(place)));
    const kept = hops.filter((hop) => hop !== undefined);
    return kept.length === 0 ? undefined : kept.sort((a, b) => a.start - b.start);
  }

  #note(traceId: string, place: number): TraceEntry {
    const known = this.#traces.get(traceId);
    if (!known) {
      const entry = { places: [place], rooted: false, listed: undefined, captured: 0 };
      this.#traces.set(traceId, entry);
      return entry;
    }
    // Half of them at once, so that this costs little however long it goes on.
    if (known.places.length >= MOST_PER_TRACE) known.places.splice(0, MOST_PER_TRACE / 2);
    known.places.push(place);
    return known;
  }

  #segmentFor(strings: Strings, length: Bytes): Segment {
    const open = this.#open.get(strings);
    if (open && open.used + length <= this.#segmentBytes) return open;
    const id = this.#nextId++;
    const bytes = Buffer.from(new ArrayBuffer(this.#segmentBytes));
    const segment = { id, strings, bytes, used: 0, position: -1 };
    this.#segments.set(id, segment);
    this.#open.set(strings, segment);
    this.#inMemory++;
    if (this.#inMemory > this.#most) this.#makeRoom();
    return segment;
  }

  /** The oldest segment in memory goes to disk, and what that overwrites is forgotten. */
  #makeRoom(): void {
    for (const segment of this.#segments.values()) {
      if (!segment.bytes) continue;
      if (this.#open.get(segment.strings) === segment) this.#open.delete(segment.strings);
      const position = this.#file?.append(segment.bytes.subarray(0, segment.used));
      segment.bytes = undefined;
      segment.position = position ?? -1;
      this.#inMemory--;
      break;
    }
    const oldest = this.#file?.oldest ?? 0;
    for (const { id, bytes, position } of this.#segments.values()) {
      if (bytes || position >= oldest) break;
      this.#segments.delete(id);
    }
    this.#forgetTraces();
  }

  #forgetTraces(): void {
    const [first] = this.#segments.keys();
    const oldest = (first ?? 0) * this.#segmentBytes;
    for (const [traceId, entry] of this.#traces) {
      const gone = entry.places.findIndex((place) => place >= oldest);
      if (gone === 0) return;
      this.#traces.delete(traceId);
      if (gone < 0) continue;
      // Some of it is newer: it is looked at again when its turn has come.
      entry.places.splice(0, gone);
      this.#traces.set(traceId, entry);
    }
  }

  #readMemory(place: number): Hop | undefined {
    const segment = this.#segments.get(Math.floor(place / this.#segmentBytes));
    return segment?.bytes && readHop(segment.strings, segment.bytes, place % this.#segmentBytes);
  }

  async #read(place: number): Promise<Hop | undefined> {
    const inMemory = this.#readMemory(place);
    const segment = this.#segments.get(Math.floor(place / this.#segmentBytes));
    if (inMemory || !segment || segment.position < 0) return inMemory;
    const offset = place % this.#segmentBytes;
    const length = Math.min(LONGEST_RECORD, segment.used - offset);
    const bytes = await this.#file?.read(segment.position + offset, length);
    return bytes && readHop(segment.strings, bytes, 0);
  }
}

function readHop(strings: Strings, bytes: Uint8Array, offset: number): Hop {
  const cursor = new HopCursor(strings, bytes);
  cursor.moveTo(offset);
  return cursor.toHop();
}
