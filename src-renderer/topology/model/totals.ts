/** Several edges as one: rates add up, shares are weighed by them, percentiles are the worst. */
import type { Figures } from '../../../src-main/api/contract/index.ts';

export interface Totals {
  readonly rate: number;
  readonly errorShare: number;
  /** Without what was injected. */
  readonly realErrorShare: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export function totalOf(edges: readonly Figures[]): Totals {
  const rate = edges.reduce((sum, edge) => sum + edge.rate, 0);
  const share = (of: (edge: Figures) => number): number =>
    rate === 0 ? 0 : edges.reduce((sum, edge) => sum + edge.rate * of(edge), 0) / rate;
  const worst = (key: 'p50' | 'p95' | 'p99'): number =>
    Math.max(0, ...edges.map((edge) => edge[key]));
  return {
    rate,
    errorShare: share(({ errorShare }) => errorShare),
    realErrorShare: share(realErrors),
    p50: worst('p50'),
    p95: worst('p95'),
    p99: worst('p99'),
  };
}

/** An injected failure is never taken for a real one. */
export function realErrors({ errorShare, injectedErrorShare }: Figures): number {
  return Math.max(0, errorShare - injectedErrorShare);
}
