/** A trace as rows: who called whom, how deep, and where each hop's time went. Pure. */
import type { HopView, TraceView } from '../../src-main/api/contract/index.ts';
import { criticalPath } from './critical-path.ts';
import { nestingOf } from './nesting.ts';

export type SegmentKind = keyof HopView['timing'];

export interface Segment {
  readonly kind: SegmentKind;
  /** Shares of the whole trace, from 0 to 1. */
  readonly from: number;
  readonly width: number;
}

export interface WaterfallRow {
  readonly hop: HopView;
  readonly depth: number;
  readonly from: number;
  readonly width: number;
  readonly segments: readonly Segment[];
  /** Below it by time and place alone: its parent is a span of the service's own. */
  readonly isGuessed: boolean;
  /** Where everybody waited for this hop itself; shares of the whole trace. */
  readonly critical: readonly { readonly from: number; readonly width: number }[];
}

/** In the order in which a try spends its time; what the proxy itself takes is the rest. */
export const SEGMENT_ORDER: readonly SegmentKind[] = [
  'injected',
  'queue',
  'connect',
  'tls',
  'upstream',
  'proxy',
];

export function nameOfKind(kind: SegmentKind): string {
  return kind === 'tls' ? 'TLS' : kind;
}

export function waterfallRows(trace: TraceView): WaterfallRow[] {
  // Where a service does not pass the trace on, or a hop is lost, a branch begins at the root.
  const { children, guessed } = nestingOf(trace.hops);
  const path = criticalPath(trace);
  const rows: WaterfallRow[] = [];
  const visit = (parent: string, depth: number): void => {
    for (const hop of children.get(parent) ?? []) {
      rows.push({
        ...rowOf(trace, hop, depth),
        isGuessed: guessed.has(hop.spanId),
        critical: path.parts
          .filter((part) => part.hop === hop)
          .map(({ from, to }) => ({
            from: (from - trace.start) / wholeOf(trace),
            width: (to - from) / wholeOf(trace),
          })),
      });
      visit(hop.spanId, depth + 1);
    }
  };
  visit('', 0);
  return rows;
}

function wholeOf({ duration }: TraceView): number {
  return Math.max(duration, 0.001);
}

function rowOf(
  trace: TraceView,
  hop: HopView,
  depth: number,
): Omit<WaterfallRow, 'isGuessed' | 'critical'> {
  const whole = wholeOf(trace);
  const from = (hop.start - trace.start) / whole;
  let at = from;
  const segments = SEGMENT_ORDER.flatMap((kind) => {
    const width = hop.timing[kind] / whole;
    if (width <= 0) return [];
    const segment = { kind, from: at, width };
    at += width;
    return [segment];
  });
  return { hop, depth, from, width: hop.duration / whole, segments };
}

/** Who called whom, `from->to`, each once, in the order in which it first happened. */
export function edgesOf({ hops }: TraceView): string[] {
  const edges = hops.flatMap(({ direction, source, destination }) =>
    direction === 'inbound' || destination === '' ? [] : [`${source}->${destination}`],
  );
  return [...new Set(edges)];
}
