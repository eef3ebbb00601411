/** The golden signals of a service, as its callers see it. */
import { useShallow } from 'zustand/react/shallow';
import { useEngine } from '../../engine/store.ts';
import { useMarks } from '../../overview/use-marks.ts';
import { ALL_KEPT, useSeries } from '../../overview/use-series.ts';
import { callersOf, edgeId } from '../../topology/model/graph.ts';
import { Chart } from '../../ui/Chart.tsx';
import type { ChartMark } from '../../ui/Chart.tsx';
import { formatMsShort, formatRate, formatShareShort } from '../../ui/format.ts';
import { Loading } from '../../ui/Loading.tsx';
import styles from './Tab.module.css';
import { useSaturation } from './use-saturation.ts';

const HEIGHT = 132;

export function Signals({ name }: { name: string }) {
  const edges = useEngine(
    useShallow(({ document }) => callersOf(document.mesh, name).map((from) => edgeId(from, name))),
  );
  const series = useSeries(edges, ALL_KEPT);
  const marks = useMarks(name);
  return (
    <section>
      <h3>The last fifteen minutes, as callers see it</h3>
      {!series && <Loading what="the charts" />}
      {series?.at.length === 0 && (
        <p className={styles.hint}>
          Nothing has called it yet. Switch the visitors on, or send the gateway a request that
          leads here.
        </p>
      )}
      {series && series.at.length > 0 && (
        <div className={styles.signals}>
          <Chart
            label="Requests"
            at={series.at}
            marks={marks}
            height={HEIGHT}
            format={formatRate}
            lines={[{ label: 'all', colour: 'accent', values: series.rate, filled: true }]}
          />
          <Chart
            label="Errors"
            at={series.at}
            marks={marks}
            height={HEIGHT}
            least={0.05}
            format={formatShareShort}
            lines={[
              {
                label: 'failed',
                colour: 'bad',
                values: shares(series.errors, series.rate),
                filled: true,
              },
              {
                label: 'injected',
                colour: 'injected',
                values: shares(series.injected, series.rate),
              },
            ]}
          />
          <Chart
            label="Latency"
            at={series.at}
            marks={marks}
            height={HEIGHT}
            format={formatMsShort}
            lines={[
              { label: 'p99', colour: 'muted', values: series.p99 },
              { label: 'p95', colour: 'warn', values: series.p95 },
              { label: 'p50', colour: 'ok', values: series.p50 },
            ]}
          />
          <SaturationChart edges={edges} marks={marks} />
        </div>
      )}
    </section>
  );
}

/** How much of its callers' connection pools is in use. */
function SaturationChart({
  edges,
  marks,
}: {
  readonly edges: readonly string[];
  readonly marks: readonly ChartMark[];
}) {
  const used = useSaturation(edges);
  if (!used) return <Loading what="the connections" />;
  return (
    <Chart
      label="Saturation"
      at={used.at}
      marks={marks}
      height={HEIGHT}
      least={4}
      format={formatCount}
      lines={[
        { label: 'waiting', colour: 'bad', values: used.pending, filled: true },
        { label: 'connections', colour: 'accent', values: used.connections },
      ]}
    />
  );
}

function formatCount(count: number): string {
  return Number.isInteger(count) ? String(count) : '';
}

/** Second by second; none of nothing is nothing. */
function shares(part: readonly number[], whole: readonly number[]): number[] {
  return part.map((count, i) => (whole[i] ? count / whole[i] : 0));
}
