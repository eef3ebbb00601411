/** Figures of a moment that is gone, from what is kept of the seconds before it. Pure. */
import type { Figures } from '../figures.ts';
import type { SecondRow } from './second-log.ts';

/**
 * `rows`: of the window, oldest first, undefined where nothing happened. Percentiles are those of the
 * seconds, weighed by their requests: the histograms themselves are not kept so long.
 */
export function figuresOfRows(
  rows: readonly (SecondRow | undefined)[],
): (Figures & { mtls: boolean }) | undefined {
  const known = rows.filter((row) => row !== undefined);
  const sum = (key: keyof SecondRow): number => known.reduce((total, row) => total + row[key], 0);
  const requests = sum('requests');
  const retries = sum('retries');
  if (requests + retries === 0) return undefined;
  const share = (key: keyof SecondRow): number => (requests === 0 ? 0 : sum(key) / requests);
  const weighed = (key: 'p50' | 'p95' | 'p99'): number =>
    requests === 0
      ? 0
      : known.reduce((total, row) => total + row[key] * row.requests, 0) / requests;
  const last = rows.at(-1);
  return {
    rate: requests / rows.length,
    errorShare: share('failed'),
    injectedErrorShare: share('failedByFault'),
    injectedShare: share('injected'),
    clientErrorShare: share('clientErrors'),
    grpcErrorShare: share('grpcErrors'),
    p50: weighed('p50'),
    p95: weighed('p95'),
    p99: weighed('p99'),
    retryRate: retries / rows.length,
    flow: {
      ok: last?.flowOk ?? 0,
      clientError: last?.flowClientError ?? 0,
      failed: last?.flowFailed ?? 0,
      injected: last?.flowInjected ?? 0,
    },
    mtls: requests > 0 && sum('plain') === 0,
  };
}
