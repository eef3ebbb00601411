/**
 * Finds the hops that stand for whole requests, and says when all of their trace has come.
 *
 * A trace that a service began with a tracer of its own has no root among the hops: its parent is a
 * span that only the service knows. So has, for a while, every trace whose request is still under
 * way. A trace that has had no root for `PATIENCE` is taken for the former; where its root comes
 * after all, what was said of it is taken back.
 */
import type { HopCursor } from '../../proxy/hop-reader.ts';
import { isSuperseded } from '../../proxy/hop.ts';
import type { Hop } from '../../proxy/hop.ts';
import type { TraceEntry } from './hop-store.ts';
import { isRoot } from './summary.ts';

/** A request whose hops are all there, as far as anybody knows. */
export interface Settled {
  readonly root: Hop;
  /** Began with a tracer of the service's own. */
  readonly isForeign: boolean;
}

interface Ended {
  readonly root: Hop;
  /** By the clock's `now`. */
  readonly at: number;
}

/** Batches of other workers may still bring hops of a trace whose root is there already, in ms. */
const SETTLE = 250;
const PATIENCE = 5_000;
/** Requests of our own that are waited for. */
const MOST_EXPECTED = 1000;

export class Roots {
  #ended: Ended[] = [];
  /** Since when, by the trace's id; the oldest first. */
  readonly #rootless = new Map<string, number>();
  /** Spans that we began ourselves, by the trace's id. */
  readonly #expected = new Map<string, string>();

  /** Somebody in the engine sends a request with this traceparent: what has this parent is its root. */
  expect(traceId: string, spanId: string): void {
    this.#expected.set(traceId, spanId);
    const [oldest] = this.#expected.keys();
    if (this.#expected.size > MOST_EXPECTED && oldest !== undefined) this.#expected.delete(oldest);
  }

  /** Takes a hop that has just been stored; `now` by the clock. */
  take(hop: HopCursor, entry: TraceEntry, now: number): void {
    if (this.#isRoot(hop)) {
      this.#ended.push({ root: hop.toHop(), at: now });
      entry.rooted = true;
      this.#rootless.delete(hop.traceId);
    } else if (!entry.rooted && hop.direction !== 'inbound') {
      const { traceId } = hop;
      if (!this.#rootless.has(traceId)) this.#rootless.set(traceId, now);
    }
  }

  /**
   * What has settled by `now`, in the order in which it ended.
   * @param read the hops of a trace, and what is known of it
   */
  settled(
    now: number,
    read: (traceId: string) => { hops: readonly Hop[]; entry: TraceEntry } | undefined,
  ): Settled[] {
    const until = now - SETTLE;
    const count = this.#ended.findIndex(({ at }) => at > until);
    const due = count < 0 ? this.#ended : this.#ended.slice(0, count);
    this.#ended = count < 0 ? [] : this.#ended.slice(count);
    const settled = due.map(({ root }) => ({ root, isForeign: false }));
    for (const [traceId, since] of this.#rootless) {
      if (since > now - PATIENCE) break;
      this.#rootless.delete(traceId);
      const trace = read(traceId);
      if (!trace || trace.entry.rooted) continue;
      const { listed } = trace.entry;
      const tops = topsOf(trace.hops).filter(({ spanId }) => !listed?.has(spanId));
      settled.push(...tops.map((root) => ({ root, isForeign: true })));
    }
    return settled;
  }

  #isRoot(hop: HopCursor): boolean {
    if (isRoot(hop)) return true;
    if (this.#expected.size === 0 || isSuperseded(hop.flags)) return false;
    return hop.direction === 'outbound' && this.#expected.get(hop.traceId) === hop.parentId;
  }
}

/** Callers' hops that nothing in the trace has led to. */
export function topsOf(hops: readonly Hop[]): Hop[] {
  const spans = new Set(hops.map(({ spanId }) => spanId));
  return hops.filter(
    (hop) =>
      hop.direction !== 'inbound' &&
      !isSuperseded(hop.flags) &&
      !spans.has(hop.parentId) &&
      !hops.some((other) => isAround(other, hop)),
  );
}

/** The instance was busy with the one when it made the other. */
function isAround(outer: Hop, { node, start }: Hop): boolean {
  if (outer.direction !== 'inbound' || outer.node !== node) return false;
  return outer.start <= start && start <= outer.start + outer.duration;
}
