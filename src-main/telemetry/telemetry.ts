/** Hops in, views out. Runs on the engine's thread; everything in it is bounded. */
import type { Clock } from '../base/clock.ts';
import type { Bytes } from '../base/units.ts';
import { HopReader } from '../proxy/hop-reader.ts';
import type { HopCursor } from '../proxy/hop-reader.ts';
import { HopFlag } from '../proxy/hop.ts';
import type { CapturedExchange } from '../proxy/capture/captured.ts';
import type { HopBatch } from '../proxy/hop.ts';
import type {
  EdgeFigures,
  Moment,
  NodeBadges,
  Saturation,
  Series,
  TraceSummary,
} from './figures.ts';
import { KEPT_SECONDS } from './histograms/second-log.ts';
import { CaptureStore } from './capture/capture-store.ts';
import { keep, maskExchange } from './capture/kept-exchange.ts';
import type { KeptExchange } from './capture/kept-exchange.ts';
import { RingFile } from './store/ring-file.ts';
import { Edges } from './topology/edges.ts';
import { UpstreamUses } from './topology/upstream-use.ts';
import type { ProxyUse } from './topology/upstream-use.ts';
import type { TraceView } from './trace-view.ts';
import { HopStore } from './traces/hop-store.ts';
import { RequestLog } from './traces/request-log.ts';
import type { RequestPage, RequestQuery } from './traces/request-log.ts';
import { Roots, topsOf } from './traces/roots.ts';
import type { Settled } from './traces/roots.ts';
import { isRoot, summarize } from './traces/summary.ts';
import { viewTrace } from './traces/view.ts';

export interface Tick {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Edges with traffic in the last five seconds. */
  readonly edges: EdgeFigures[];
  /** Nodes whose requests led to no service in the last five seconds. */
  readonly nodes: NodeBadges[];
  /** Requests that ended, oldest first, at most `MOST_SUMMARIES`. */
  readonly requests: TraceSummary[];
  /** Requests that are not among them. */
  readonly skipped: number;
  /** Ids of requests that were told and have turned out to be parts of others. */
  readonly removed: number[];
}

const MOST_SUMMARIES = 25;
/** What is kept on disk, besides what is in memory. */
const HOPS_ON_DISK = 384 * 1024 * 1024;
const REQUESTS_ON_DISK = 128 * 1024 * 1024;
const MESSAGES_ON_DISK = 256 * 1024 * 1024;

export class Telemetry {
  readonly #clock: Clock;
  readonly #readers = new Map<number, HopReader>();
  readonly #edges = new Edges();
  readonly #uses = new UpstreamUses();
  readonly #hops = new HopStore();
  readonly #log = new RequestLog();
  readonly #roots = new Roots();
  readonly #captures = new CaptureStore();
  readonly #files: RingFile[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Keeps on disk what memory has no room for; until then, or where that fails, it is forgotten.
   * @param onError called when the disk refuses later on
   * @throws NodeJS.ErrnoException where no file can be made
   */
  async open(folder: string, onError: (error: Error) => void): Promise<void> {
    const open = async (capacity: Bytes): Promise<RingFile> => {
      const file = await RingFile.open(folder, capacity, onError);
      this.#files.push(file);
      return file;
    };
    this.#hops.useFile(await open(HOPS_ON_DISK));
    this.#log.useFile(await open(REQUESTS_ON_DISK));
    this.#captures.useFile(await open(MESSAGES_ON_DISK));
  }

  /** Gives the disk back. */
  async close(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.close()));
  }

  /** Takes a batch of a worker; the batches of one worker in the order it sent them. */
  ingest(worker: number, batch: HopBatch): void {
    let reader = this.#readers.get(worker);
    if (!reader) this.#readers.set(worker, (reader = new HopReader()));
    const now = this.#clock.now();
    const { strings } = reader;
    reader.read(batch, (cursor) => this.#take(cursor, strings, now));
  }

  /** Whether something has come since this was last asked that is to be told at once. */
  takeNews(): boolean {
    return this.#edges.takeNews();
  }

  /** What has happened since the last tick; to be called about four times a second. */
  tick(): Tick {
    const at = this.#clock.wall();
    this.#uses.tick(at / 1000);
    const removed: number[] = [];
    const settled = this.#roots.settled(this.#clock.now(), (traceId) => {
      const entry = this.#hops.entry(traceId);
      return entry && { entry, hops: this.#hops.recent(traceId) };
    });
    const lines = settled.map((one) => this.#summarize(one, removed));
    const requests = choose(lines);
    const skipped = lines.length - requests.length;
    const nodes = this.#edges.nodeBadges(at / 1000);
    return { at, edges: this.#edges.figures(at / 1000), nodes, requests, skipped, removed };
  }

  /** Somebody in the engine is about to send a request with this traceparent. */
  expect(traceId: string, spanId: string): void {
    this.#roots.expect(traceId, spanId);
  }

  /** Undefined where the trace is unknown, or so old that it was forgotten. */
  async trace(traceId: string): Promise<TraceView | undefined> {
    const hops = await this.#hops.get(traceId);
    return hops && viewTrace(traceId, hops, this.#captures.spans(traceId));
  }

  /**
   * Keeps messages that a proxy has captured; `masked`: without their secrets. False where the disk
   * has no room for them, or there is none.
   */
  async keep(exchange: CapturedExchange, masked: boolean): Promise<boolean> {
    const entry = this.#hops.entry(exchange.traceId);
    // Before anything is awaited: the request's line is written soon, and tells of it.
    if (entry) entry.captured++;
    const isKept = this.#captures.add(await keep(exchange, masked));
    if (entry && !isKept) entry.captured--;
    return isKept;
  }

  /**
   * The messages of a hop; undefined where they were not captured or are forgotten.
   * @param isRevealed with the secrets, where they were kept
   */
  async exchange(
    traceId: string,
    spanId: string,
    isRevealed: boolean,
  ): Promise<{ shown: KeptExchange; isMaskedForGood: boolean } | undefined> {
    const kept = await this.#captures.get(traceId, spanId);
    if (!kept) return undefined;
    const isMaskedForGood = kept.masked;
    return { isMaskedForGood, shown: kept.masked || isRevealed ? kept : maskExchange(kept) };
  }

  /** Of all requests that are kept, a page of those that fit. */
  requests(query: RequestQuery): Promise<RequestPage> {
    return this.#log.find(query);
  }

  /** Of an edge `from->to`, or of one version over it, `from->to|v2`. */
  series(edge: string): Series | undefined {
    return this.#edges.series(edge, this.#clock.wall() / 1000);
  }

  /** What a proxy of `from`, a service or `gateway`, uses of what it calls. */
  use(from: string, use: ProxyUse): void {
    this.#uses.take(from, use);
  }

  /** Of a proxy that is gone. */
  forgetUse(node: string): void {
    this.#uses.forget(node);
  }

  /** Of an edge `from->to`; from a service to itself: of its sidecar to its instance. */
  saturation(edge: string): Saturation | undefined {
    return this.#uses.series(edge);
  }

  /** `at`: seconds since 1970; empty where it is longer ago than fifteen minutes. */
  past(at: number): Moment {
    const second = Math.floor(at);
    const isKept = second > this.#clock.wall() / 1000 - KEPT_SECONDS;
    return isKept ? this.#edges.past(second) : { at: second, edges: [], nodes: [] };
  }

  #take(cursor: HopCursor, strings: readonly string[], now: number): void {
    const isCaller = cursor.direction !== 'inbound';
    if (cursor.flags & HopFlag.OPEN) {
      if (isCaller) this.#edges.ingestOpen(cursor);
      return;
    }
    if (cursor.flags & HopFlag.MIRROR) this.#edges.ingestShadow(cursor);
    else if (isCaller) this.#edges.ingest(cursor);
    else this.#edges.ingestCallee(cursor);
    this.#roots.take(cursor, this.#hops.add(cursor, strings), now);
  }

  /** `removed` gets the ids of lines that this one makes void. */
  #summarize({ root, isForeign }: Settled, removed: number[]): TraceSummary {
    const entry = this.#hops.entry(root.traceId);
    const hops = this.#hops.recent(root.traceId);
    const trace = hops.length > 0 ? hops : [root];
    const roots = isForeign ? topsOf(trace) : trace.filter(isRoot);
    const captured = (entry?.captured ?? 0) > 0;
    const line = this.#log.add({ ...summarize(root, trace, roots), captured });
    if (isForeign && entry) (entry.listed ??= new Map()).set(root.spanId, line.id);
    if (!isForeign && entry?.listed) {
      removed.push(...entry.listed.values());
      for (const id of entry.listed.values()) this.#log.remove(id);
      entry.listed = undefined;
    }
    return line;
  }
}

/** When there are too many: what failed or was hurt comes first, then the newest. */
function choose(lines: readonly TraceSummary[]): TraceSummary[] {
  if (lines.length <= MOST_SUMMARIES) return [...lines];
  const remarkable = ({ status, failure, failed, faults }: TraceSummary): boolean =>
    status >= 400 || failure !== '' || failed || faults.length > 0;
  const first = lines.filter(remarkable).slice(-MOST_SUMMARIES);
  const room = MOST_SUMMARIES - first.length;
  const rest = room > 0 ? lines.filter((line) => !remarkable(line)).slice(-room) : [];
  const chosen = new Set([...first, ...rest]);
  return lines.filter((line) => chosen.has(line));
}
