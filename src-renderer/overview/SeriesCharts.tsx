/** Rate and latency of some edges together over the last minutes. */
import { Chart } from '../ui/Chart.tsx';
import { formatMsShort, formatRate } from '../ui/format.ts';
import { useMarks } from './use-marks.ts';
import { useSeries } from './use-series.ts';
import styles from './SeriesCharts.module.css';

/** `edges`: their ids, `from->to`; `service`: whose events are marked, left out: all. */
export function SeriesCharts({
  edges,
  service,
}: {
  edges: readonly string[];
  service?: string | undefined;
}) {
  const series = useSeries(edges);
  const marks = useMarks(service);
  if (!series) return <p className={styles.none}>Loading…</p>;
  if (series.at.length === 0) return <p className={styles.none}>Nothing has flowed here yet.</p>;
  return (
    <>
      <Chart
        label="Requests"
        at={series.at}
        marks={marks}
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
        marks={marks}
        format={formatMsShort}
        lines={[
          { label: 'p99', colour: 'muted', values: series.p99 },
          { label: 'p95', colour: 'warn', values: series.p95 },
          { label: 'p50', colour: 'ok', values: series.p50 },
        ]}
      />
    </>
  );
}
