/** What each node has had to do in the last minute, for the small lines on the cards. Pure. */
import type { EdgeState } from '../../../src-main/api/contract/index.ts';
import { GATEWAY } from './graph.ts';

/** Requests per second, a value for each second, newest last, at most KEPT of them. */
export type RateHistory = Readonly<Record<string, readonly number[]>>;

export const KEPT = 40;

/** The history with one more second. A node that had no calls in it gets a zero. */
export function pushRates(
  history: RateHistory,
  nodes: readonly string[],
  edges: readonly EdgeState[],
): RateHistory {
  const rates = new Map<string, number>();
  const add = (id: string, rate: number): unknown => rates.set(id, (rates.get(id) ?? 0) + rate);
  for (const { from, to, rate } of edges) {
    add(to, rate);
    if (from === GATEWAY) add(GATEWAY, rate);
  }
  return Object.fromEntries(
    nodes.map((id) => [id, [...(history[id] ?? []), rates.get(id) ?? 0].slice(-KEPT)]),
  );
}

/**
 * The values as a line for the `d` of an SVG path, the newest at the right edge. It begins at zero, so
 * that a change looks as large as it is.
 */
export function sparkline(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return '';
  const top = Math.max(...values);
  const step = width / (KEPT - 1);
  const left = width - (values.length - 1) * step;
  return values
    .map((value, i) => {
      const y = top === 0 ? height : height - (value / top) * height;
      return `${i === 0 ? 'M' : 'L'}${(left + i * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
