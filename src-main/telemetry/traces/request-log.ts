/**
 * The requests that have ended, each in a line: the newest in memory, older ones on disk in blocks,
 * both bounded. A line's id rises by one from request to request.
 */
import type { RingFile } from '../store/ring-file.ts';
import type { TraceSummary } from '../figures.ts';

export interface RequestQuery {
  readonly fits: (request: TraceSummary) => boolean;
  /** Only those with a lower id, newest first. */
  readonly before?: number | undefined;
  /** Only those with a higher id; all that fit are counted. */
  readonly after?: number | undefined;
  /** Lines that are given at most. */
  readonly limit: number;
}

export interface RequestPage {
  /** Newest first. */
  readonly items: TraceSummary[];
  /** Fit among what was looked at, those beyond the limit included where `after` was given. */
  readonly matched: number;
  /** Where to go on, by `before`; undefined: everything that is kept has been looked at. */
  readonly next: number | undefined;
  /** The lowest id that is kept, and how many are. */
  readonly oldest: number;
  readonly kept: number;
}

interface Block {
  readonly first: number;
  readonly last: number;
  readonly position: number;
  readonly length: number;
}

const IN_MEMORY = 50_000;
const BLOCK = 500;
/** Lines that one question may look at: it must not hold up the engine. */
const MOST_SCANNED = 20_000;

export class RequestLog {
  readonly #most: number;
  /** By id modulo the most; undefined where it was taken back. */
  readonly #lines: (TraceSummary | undefined)[] = [];
  /** On disk, oldest first. */
  #blocks: Block[] = [];
  /** Too old for memory, and not enough for a block yet. */
  #aging: TraceSummary[] = [];
  #file: RingFile | undefined;
  #next = 1;

  /** @param most lines in memory */
  constructor(most = IN_MEMORY) {
    this.#most = most;
  }

  /** From here on what does not fit into memory goes there; before, it is forgotten. */
  useFile(file: RingFile): void {
    this.#file = file;
  }

  /** Gives the line its id. */
  add(request: Omit<TraceSummary, 'id'>): TraceSummary {
    const id = this.#next++;
    const line = { ...request, id };
    const slot = id % this.#most;
    const old = this.#lines[slot];
    if (old) this.#age(old);
    this.#lines[slot] = line;
    return line;
  }

  /** Takes a line back that has turned out to be none; what is on disk already stays. */
  remove(id: number): void {
    if (this.#lines[id % this.#most]?.id === id) this.#lines[id % this.#most] = undefined;
  }

  /** Looks at so many lines at most; where there are more, the page says where to go on. */
  async find({ fits, before = Infinity, limit, ...since }: RequestQuery): Promise<RequestPage> {
    const found = new Found(fits, since.after === undefined ? limit : Infinity);
    const { after = 0 } = since;
    let at = Math.min(before, this.#next) - 1;
    const floor = Math.max(after, this.#next - 1 - this.#most);
    for (; at > floor && found.wantsMore; at--) {
      const line = this.#lines[at % this.#most];
      if (line?.id === at) found.look(line);
      else found.scanned++;
    }
    if (at > after && found.wantsMore) at = await this.#findOlder(found, at, after);
    const oldest = this.#oldest();
    const isEnd = at <= after || at < oldest;
    return {
      items: found.items.slice(0, limit),
      matched: found.items.length,
      next: isEnd ? undefined : at + 1,
      oldest,
      kept: Math.max(0, this.#next - oldest),
    };
  }

  /** Below memory; returns the id that was looked at last, less one. */
  async #findOlder(found: Found, from: number, after: number): Promise<number> {
    let at = from;
    for (let i = this.#aging.length - 1; i >= 0 && found.wantsMore; i--) {
      const line = this.#aging[i] as TraceSummary;
      if (line.id > at || line.id <= after) continue;
      found.look(line);
      at = line.id - 1;
    }
    const blocks = this.#blocks.filter(({ first, last }) => first <= at && last > after);
    for (const block of blocks.reverse()) {
      if (!found.wantsMore) return at;
      for (const line of await this.#readBlock(block)) {
        if (line.id > at || line.id <= after) continue;
        if (!found.wantsMore) return at;
        found.look(line);
        at = line.id - 1;
      }
      at = Math.min(at, block.first - 1);
    }
    return found.wantsMore ? after : at;
  }

  /** Newest first; nothing where it has been overwritten meanwhile. */
  async #readBlock({ position, length }: Block): Promise<TraceSummary[]> {
    const bytes = await this.#file?.read(position, length);
    if (!bytes) return [];
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
    return (JSON.parse(text) as TraceSummary[]).reverse();
  }

  #oldest(): number {
    const [block] = this.#blocks;
    const line = this.#aging[0];
    return block?.first ?? line?.id ?? Math.max(1, this.#next - this.#most);
  }

  #age(line: TraceSummary): void {
    const file = this.#file;
    if (!file) return;
    this.#aging.push(line);
    if (this.#aging.length < BLOCK) return;
    const lines = this.#aging;
    this.#aging = [];
    const bytes = Buffer.from(JSON.stringify(lines));
    const position = file.append(bytes);
    const first = (lines[0] as TraceSummary).id;
    if (position !== undefined) {
      this.#blocks.push({ first, last: line.id, position, length: bytes.length });
    }
    this.#blocks = this.#blocks.filter((block) => block.position >= file.oldest);
  }
}

/** What a question has found so far. */
class Found {
  readonly items: TraceSummary[] = [];
  scanned = 0;
  readonly #fits: (request: TraceSummary) => boolean;
  readonly #most: number;

  constructor(fits: (request: TraceSummary) => boolean, most: number) {
    this.#fits = fits;
    this.#most = most;
  }

  get wantsMore(): boolean {
    return this.items.length < this.#most && this.scanned < MOST_SCANNED;
  }

  look(line: TraceSummary): void {
    this.scanned++;
    if (this.#fits(line)) this.items.push(line);
  }
}
