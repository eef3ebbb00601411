/** What `up` shows a person while the mesh runs: events as they come, figures now and then. */
import type { Delta, EdgeState, EventEntry } from '../../api/contract/index.ts';
import type { Engine } from '../../engine/engine.ts';
import { paint, print } from '../output.ts';

/** Between two lines of figures, in milliseconds. */
const EVERY = 10_000;

/** Returns what ends it. */
export function startSummary(engine: Engine): () => void {
  let edges: readonly EdgeState[] = [];
  engine.onDeltas((deltas) => {
    for (const delta of deltas) {
      if (delta.kind === 'tick') edges = delta.edges;
      showEvent(delta);
    }
  });
  const timer = setInterval(() => print(figuresLine(edges)), EVERY);
  return () => clearInterval(timer);
}

const COLOURS = { info: 'dim', warning: 'yellow', error: 'red' } as const satisfies Record<
  EventEntry['severity'],
  string
>;

function showEvent(delta: Delta): void {
  if (delta.kind !== 'event') return;
  const { at, severity, message } = delta.event;
  print(paint(COLOURS[severity], `${time(at)} ${message}`, process.stdout));
}

function figuresLine(edges: readonly EdgeState[]): string {
  const entry = edges.filter(({ from }) => from === 'gateway');
  const rate = entry.reduce((sum, edge) => sum + edge.rate, 0);
  const errors = entry.reduce((sum, edge) => sum + edge.rate * edge.errorShare, 0);
  const p95 = Math.max(0, ...entry.map((edge) => edge.p95));
  const share = rate === 0 ? 0 : (errors / rate) * 100;
  return `${time(Date.now())} ${rate.toFixed(1)} requests/s, ${share.toFixed(1)} % errors, p95 ${p95.toFixed(0)} ms`;
}

function time(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
