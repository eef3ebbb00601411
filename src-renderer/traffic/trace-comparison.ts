/** Two traces, hop beside hop: what took longer, what ended otherwise, what only one of them has. Pure. */
import type { HopView, TraceView } from '../../src-main/api/contract/index.ts';
import { nestingOf } from './nesting.ts';
import { statusText } from './status.ts';

export interface ComparedHop {
  readonly depth: number;
  /** Undefined: the one trace has no such hop. */
  readonly before: HopView | undefined;
  readonly after: HopView | undefined;
  /** Of the later one, in milliseconds; undefined where one is not there. */
  readonly slower: number | undefined;
  /** `200 → 503`; empty: they ended alike. */
  readonly outcome: string;
}

type Below = (spanId: string) => readonly HopView[];

/**
 * Aligned from the root on: below two hops that belong together, those that go the same way (direction,
 * caller, callee, method) belong together in their order; then tries of one call by their number.
 */
export function compareTraces(before: TraceView, after: TraceView): ComparedHop[] {
  const [one, other] = [before, after].map(({ hops }): Below => {
    const { children } = nestingOf(hops);
    return (spanId) => children.get(spanId) ?? [];
  }) as [Below, Below];
  const rows: ComparedHop[] = [];
  align(one(''), other(''), 0, { one, other, rows });
  return rows;
}

/**
 * Of a trace the part that another one can be compared with: where that one began with a call within the
 * mesh, the same call here and what is below it; else the whole.
 */
export function partLike(trace: TraceView, other: TraceView): TraceView {
  const { children } = nestingOf(trace.hops);
  const [root] = nestingOf(other.hops).children.get('') ?? [];
  const roots = children.get('') ?? [];
  if (!root || roots.some((hop) => keyOf(hop) === keyOf(root))) return trace;
  const found = trace.hops.find((hop) => keyOf(hop) === keyOf(root));
  if (!found) return trace;
  const below = (hop: HopView): HopView[] => [
    hop,
    ...(children.get(hop.spanId) ?? []).flatMap(below),
  ];
  const { start, duration } = found;
  return { traceId: trace.traceId, start, duration, hops: below(found) };
}

interface Aligning {
  readonly one: Below;
  readonly other: Below;
  readonly rows: ComparedHop[];
}

function align(
  before: readonly HopView[],
  after: readonly HopView[],
  depth: number,
  aligning: Aligning,
): void {
  const left = [...after];
  for (const hop of before) {
    const at = left.findIndex((candidate) => keyOf(candidate) === keyOf(hop));
    const [match] = at < 0 ? [] : left.splice(at, 1);
    add(hop, match, depth, aligning);
  }
  for (const hop of left) add(undefined, hop, depth, aligning);
}

function add(
  before: HopView | undefined,
  after: HopView | undefined,
  depth: number,
  aligning: Aligning,
): void {
  const both = before && after;
  aligning.rows.push({
    depth,
    before,
    after,
    slower: both ? after.duration - before.duration : undefined,
    outcome: both ? outcomeOf(before, after) : '',
  });
  align(
    before ? aligning.one(before.spanId) : [],
    after ? aligning.other(after.spanId) : [],
    depth + 1,
    aligning,
  );
}

function keyOf({ direction, source, destination, method, attempt }: HopView): string {
  return [direction, source, destination, method, attempt].join(' ');
}

function outcomeOf(before: HopView, after: HopView): string {
  const [one, other] = [before, after].map(sayOutcome);
  return one === other ? '' : `${one} → ${other}`;
}

/** The status, and why there is none. */
function sayOutcome(hop: HopView): string {
  return hop.failure === '' ? statusText(hop) : `${statusText(hop)} ${hop.failure}`;
}
