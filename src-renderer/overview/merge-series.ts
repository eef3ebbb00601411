/** Several edges as one line over time. Pure. */
import type { Series } from '../../src-main/api/contract/index.ts';

const SUMMED = ['rate', 'errors', 'injected'] as const;
const WORST = ['p50', 'p95', 'p99'] as const;

/** Second by second: counts add up; of percentiles, which cannot be added, the worst is taken. */
export function mergeSeries(all: readonly Series[]): Series {
  const seconds = new Map<number, Record<keyof Series, number>>();
  for (const series of all) {
    for (const [i, at] of series.at.entries()) {
      const row = seconds.get(at) ?? emptyRow(at);
      for (const key of SUMMED) row[key] += series[key][i] ?? 0;
      for (const key of WORST) row[key] = Math.max(row[key], series[key][i] ?? 0);
      seconds.set(at, row);
    }
  }
  const rows = [...seconds.values()].sort((a, b) => a.at - b.at);
  const column = (key: keyof Series): number[] => rows.map((row) => row[key]);
  return {
    at: column('at'),
    rate: column('rate'),
    errors: column('errors'),
    injected: column('injected'),
    p50: column('p50'),
    p95: column('p95'),
    p99: column('p99'),
  };
}

function emptyRow(at: number): Record<keyof Series, number> {
  return { at, rate: 0, errors: 0, injected: 0, p50: 0, p95: 0, p99: 0 };
}

/** The last seconds of it. */
export function lastOf(series: Series, seconds: number): Series {
  const entries = Object.entries(series).map(([key, values]) => [key, values.slice(-seconds)]);
  return Object.fromEntries(entries) as Series;
}
