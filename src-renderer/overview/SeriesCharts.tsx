/** Rate and latency of an edge over the last minutes. */
import { Chart } from '../ui/Chart.tsx';
import { formatMs, formatRate } from '../ui/format.ts';
import { useSeries } from './use-series.ts';

export function SeriesCharts({ edge }: { edge: string }) {
  const series = useSeries(edge);
  if (!series) return <p>Loading…</p>;
  if (series.at.length === 0)
    return <p style={{ color: 'var(--muted)' }}>Nothing has flowed here yet.</p>;
  return (
    <>
      <Chart
        label="Requests"
        at={series.at}
        format={formatRate}
        lines={[
          { label: 'all', colour: 'accent', values: series.rate, filled: true },
          { label: 'errors', colour: 'bad', values: series.errors },
          { label: 'injected', colour: 'injected', values: series.injected },
        ]}
      />
      <Chart
        label="Latency"
        at={series.at}
        format={formatMs}
        lines={[
          { label: 'p99', colour: 'muted', values: series.p99 },
          { label: 'p95', colour: 'warn', values: series.p95 },
          { label: 'p50', colour: 'ok', values: series.p50 },
        ]}
      />
    </>
  );
}
