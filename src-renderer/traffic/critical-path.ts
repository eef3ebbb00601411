/**
 * The critical path of a trace: at each moment of it the hop that everybody waited for. What is made
 * shorter there makes the request shorter; what is not on it does not. Pure.
 *
 * It is found from the end, as Jaeger and "CRISP" (Uber, USENIX ATC 2022) do: within a hop the child that
 * ended last was waited for until its end, before it began the child that ended last until then, and what
 * no child covers the hop spent itself.
 */
import type { HopView, TraceView } from '../../src-main/api/contract/index.ts';
import { nestingOf } from './nesting.ts';
import type { Nesting } from './nesting.ts';

/** A time in which one hop was what was waited for, in milliseconds since 1970. */
export interface CriticalPart {
  /** Undefined: between two tries of the whole request, where nothing was under way. */
  readonly hop: HopView | undefined;
  readonly from: number;
  readonly to: number;
}

export interface CriticalPath {
  /** In order of time; together they are as long as the request. */
  readonly parts: readonly CriticalPart[];
  /** By span: milliseconds that its hop itself was waited for. */
  readonly self: ReadonlyMap<string, number>;
  /** Of the whole, in milliseconds. */
  readonly sum: number;
}

/** Less than a clock tells apart, in milliseconds. */
const NOTHING = 1e-6;

export function criticalPath(trace: TraceView, nesting = nestingOf(trace.hops)): CriticalPath {
  const parts: CriticalPart[] = [];
  walk(undefined, trace.start, trace.start + trace.duration, nesting, parts);
  parts.sort((a, b) => a.from - b.from);
  const self = new Map<string, number>();
  for (const { hop, from, to } of parts) {
    if (hop) self.set(hop.spanId, (self.get(hop.spanId) ?? 0) + to - from);
  }
  return { parts, self, sum: parts.reduce((sum, { from, to }) => sum + to - from, 0) };
}

/** What was waited for between two moments in which the hop was under way. */
function walk(
  hop: HopView | undefined,
  from: number,
  to: number,
  nesting: Nesting,
  parts: CriticalPart[],
): void {
  const children = (nesting.children.get(hop?.spanId ?? '') ?? [])
    .filter(({ shadow }) => !shadow)
    .map((child) => ({ child, start: child.start, end: child.start + child.duration }))
    .sort((a, b) => b.end - a.end);
  let until = to;
  for (const { child, start, end } of children) {
    // It ended when something else was waited for already; or its clock is another one.
    if (start >= until || end <= from) continue;
    const last = Math.min(end, until);
    push(parts, hop, last, until);
    const first = Math.max(start, from);
    walk(child, first, last, nesting, parts);
    until = first;
  }
  push(parts, hop, from, until);
}

function push(parts: CriticalPart[], hop: CriticalPart['hop'], from: number, to: number): void {
  if (to - from > NOTHING) parts.push({ hop, from, to });
}

export interface CriticalShare {
  /** `orders`, `gateway`, or `between tries`. */
  readonly name: string;
  /** Milliseconds. */
  readonly time: number;
}

/**
 * Who was waited for, the longest first. A callee's hop is the service's own time, a caller's is what
 * the way there took; both are summed by service and by way.
 */
export function sharesOf({ parts }: CriticalPath): CriticalShare[] {
  const times = new Map<string, number>();
  for (const { hop, from, to } of parts) {
    const name = hop ? nameOf(hop) : 'between tries';
    times.set(name, (times.get(name) ?? 0) + to - from);
  }
  return [...times].map(([name, time]) => ({ name, time })).sort((a, b) => b.time - a.time);
}

function nameOf({ direction, source, destination }: HopView): string {
  return direction === 'inbound' ? destination : `${source} → ${destination || 'nobody'}`;
}
