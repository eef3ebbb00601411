/** Hops in, views out. Runs on the engine's thread; everything in it is bounded. */
import type { Clock } from '../base/clock.ts';
import { HopReader } from '../proxy/hop-reader.ts';
import type { HopCursor } from '../proxy/hop-reader.ts';
import { HopFlag } from '../proxy/hop.ts';
import type { Hop, HopBatch } from '../proxy/hop.ts';
import type { EdgeFigures, Moment, NodeBadges, Series, TraceSummary } from './figures.ts';
import { KEPT_SECONDS } from './histograms/second-log.ts';
import { isFailed } from './outcome.ts';
import { Edges } from './topology/edges.ts';
import type { TraceView } from './trace-view.ts';
import { isRoot, summarize } from './traces/summary.ts';
import { TraceStore } from './traces/trace-store.ts';
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
}

const MOST_HOPS = 50_000;
const MOST_SUMMARIES = 25;
/** Batches of other workers may still bring hops of a trace whose root is there already, in ms. */
const SETTLE = 250;

interface Ended {
  readonly root: Hop;
  /** By the clock's `now`. */
  readonly at: number;
}

export class Telemetry {
  readonly #clock: Clock;
  readonly #readers = new Map<number, HopReader>();
  readonly #edges = new Edges();
  readonly #traces = new TraceStore(MOST_HOPS);
  #ended: Ended[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a batch of a worker; the batches of one worker in the order it sent them. */
  ingest(worker: number, batch: HopBatch): void {
    let reader = this.#readers.get(worker);
    if (!reader) this.#readers.set(worker, (reader = new HopReader()));
    const now = this.#clock.now();
    reader.read(batch, (cursor) => this.#take(cursor, now));
  }

  /** What has happened since the last tick; to be called about four times a second. */
  tick(): Tick {
    const at = this.#clock.wall();
    const settled = this.#takeSettled();
    const chosen = choose(settled);
    const requests = chosen.map((root) =>
      summarize(root, this.#traces.get(root.traceId) ?? [root]),
    );
    const skipped = settled.length - chosen.length;
    const nodes = this.#edges.nodeBadges(at / 1000);
    return { at, edges: this.#edges.figures(at / 1000), nodes, requests, skipped };
  }

  /** Undefined where the trace is unknown, or so old that it was forgotten. */
  trace(traceId: string): TraceView | undefined {
    const hops = this.#traces.get(traceId);
    return hops && viewTrace(traceId, hops);
  }

  /** Of an edge `from->to`, or of one version over it, `from->to|v2`. */
  series(edge: string): Series | undefined {
    return this.#edges.series(edge, this.#clock.wall() / 1000);
  }

  /** `at`: seconds since 1970; empty where it is longer ago than fifteen minutes. */
  past(at: number): Moment {
    const second = Math.floor(at);
    const isKept = second > this.#clock.wall() / 1000 - KEPT_SECONDS;
    return isKept ? this.#edges.past(second) : { at: second, edges: [], nodes: [] };
  }

  #take(cursor: HopCursor, now: number): void {
    const isCaller = cursor.direction !== 'inbound';
    if (cursor.flags & HopFlag.OPEN) {
      if (isCaller) this.#edges.ingestOpen(cursor);
      return;
    }
    if (isCaller) this.#edges.ingest(cursor);
    else this.#edges.ingestCallee(cursor);
    const hop = cursor.toHop();
    this.#traces.add(hop);
    if (isRoot(hop)) this.#ended.push({ root: hop, at: now });
  }

  #takeSettled(): Hop[] {
    const until = this.#clock.now() - SETTLE;
    const count = this.#ended.findIndex(({ at }) => at > until);
    const settled = count < 0 ? this.#ended : this.#ended.slice(0, count);
    this.#ended = count < 0 ? [] : this.#ended.slice(count);
    return settled.map(({ root }) => root);
  }
}

/** When there are too many: what failed or was hurt comes first, then the newest. */
function choose(roots: readonly Hop[]): Hop[] {
  if (roots.length <= MOST_SUMMARIES) return [...roots];
  const remarkable = (hop: Hop): boolean =>
    hop.status >= 400 || hop.failure !== '' || isFailed(hop) || hop.faults !== '';
  const first = roots.filter(remarkable).slice(-MOST_SUMMARIES);
  const room = MOST_SUMMARIES - first.length;
  const rest = room > 0 ? roots.filter((hop) => !remarkable(hop)).slice(-room) : [];
  const chosen = new Set([...first, ...rest]);
  return roots.filter((hop) => chosen.has(hop));
}
