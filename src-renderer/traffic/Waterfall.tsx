/** One request, hop by hop. */
import { Copy, Waypoints, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HopView, TraceView } from '../../src-main/api/contract/index.ts';
import { showToast } from '../app/toasts.ts';
import { openTrace, select } from '../app/ui-store.ts';
import { ask } from '../engine/session.ts';
import { formatMs } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { marksOf } from './hop-marks.ts';
import { HopDetails } from './HopDetails.tsx';
import { statusName, statusText } from './status.ts';
import { ticksOf } from './waterfall-axis.ts';
import styles from './Waterfall.module.css';
import { edgesOf, nameOfKind, SEGMENT_ORDER, waterfallRows } from './waterfall-model.ts';
import type { WaterfallRow } from './waterfall-model.ts';

type Loaded = { readonly trace: TraceView } | { readonly error: string };

export function Waterfall({ traceId }: { traceId: string }) {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    ask('trace', { traceId }).then(
      (trace) => setLoaded({ trace }),
      (error: Error) => setLoaded({ error: error.message }),
    );
  }, [traceId]);
  return (
    <div className={styles.waterfall} data-testid="waterfall">
      <Head traceId={traceId} trace={loaded && 'trace' in loaded ? loaded.trace : undefined} />
      {loaded && 'error' in loaded && <p className={styles.error}>{loaded.error}</p>}
      {loaded && 'trace' in loaded && <Rows trace={loaded.trace} />}
    </div>
  );
}

function Head({ traceId, trace }: { traceId: string; trace: TraceView | undefined }) {
  const root = trace?.hops[0];
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(traceId);
    showToast('info', `The trace's id ${traceId} is copied.`);
  };
  return (
    <header className={styles.head}>
      <b title={root && `${root.method} ${root.path}`}>{root && `${root.method} ${root.path}`}</b>
      {trace && (
        <span className="num">{`${formatMs(trace.duration)} · ${trace.hops.length} hops`}</span>
      )}
      {trace && <Legend trace={trace} />}
      <span className={styles.buttons}>
        {trace && (
          <IconButton
            label="Show its path in the graph"
            icon={Waypoints}
            testId="trace-in-graph"
            onClick={() => select({ kind: 'trace', traceId, edges: edgesOf(trace) })}
          />
        )}
        <IconButton
          label={`Copy the trace's id ${traceId}`}
          icon={Copy}
          onClick={() => void copy()}
        />
        <IconButton label="Close the trace" icon={X} onClick={() => openTrace(undefined)} />
      </span>
    </header>
  );
}

/** Only what this trace has. */
function Legend({ trace }: { trace: TraceView }) {
  const kinds = SEGMENT_ORDER.filter((kind) => trace.hops.some(({ timing }) => timing[kind] > 0));
  return (
    <span className={styles.legend}>
      {kinds.map((kind) => (
        <span key={kind}>
          <i data-kind={kind} />
          {nameOfKind(kind)}
        </span>
      ))}
    </span>
  );
}

function Rows({ trace }: { trace: TraceView }) {
  const [open, setOpen] = useState<string>();
  return (
    <div className={styles.scroll}>
      <Axis duration={trace.duration} />
      <ol className={styles.rows}>
        {waterfallRows(trace).map((row) => (
          <Row
            key={row.hop.spanId}
            row={row}
            open={open === row.hop.spanId}
            onToggle={() => setOpen(open === row.hop.spanId ? undefined : row.hop.spanId)}
          />
        ))}
      </ol>
    </div>
  );
}

function Axis({ duration }: { duration: number }) {
  return (
    <div className={`${styles.axis} num`} aria-hidden>
      <span className={styles.scale}>
        {ticksOf(duration).map((at) => (
          <span key={at} style={{ left: percent(at / duration) }}>
            {at === 0 ? '0' : `${Number(at.toPrecision(3))} ms`}
          </span>
        ))}
      </span>
    </div>
  );
}

interface RowProps {
  readonly row: WaterfallRow;
  readonly open: boolean;
  onToggle(): void;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

function Row({ row, open, onToggle }: RowProps) {
  const { hop, depth, segments } = row;
  return (
    <li
      className={styles.item}
      data-testid="waterfall-hop"
      data-failed={hop.failed || undefined}
      data-injected={hop.faults.length > 0 || undefined}
      data-shadow={hop.shadow}
      data-side={hop.direction === 'inbound' ? 'server' : 'caller'}
    >
      <button type="button" className={`${styles.row} num`} aria-expanded={open} onClick={onToggle}>
        <span className={styles.name} style={{ paddingLeft: Math.min(depth, 12) * 8 }}>
          <span>{nameOf(hop)}</span>
          {hop.attempt > 0 && <i data-kind="trouble">{`try ${hop.attempt + 1}`}</i>}
          {marksOf(hop).map(({ kind, text }) => (
            <i key={text} data-kind={kind} title={text}>
              {text}
            </i>
          ))}
        </span>
        <b title={statusName(hop)}>{statusText(hop)}</b>
        <span className={styles.track}>
          {segments.map((segment) => (
            <i
              key={segment.kind}
              data-kind={segment.kind}
              title={`${nameOfKind(segment.kind)}: ${formatMs(hop.timing[segment.kind])}`}
              style={{
                left: percent(segment.from),
                width: `max(1.5px, ${percent(segment.width)})`,
              }}
            />
          ))}
        </span>
        <span className={styles.duration}>{formatMs(hop.duration)}</span>
      </button>
      {open && <HopDetails hop={hop} />}
    </li>
  );
}

function nameOf(hop: HopView): string {
  if (hop.direction === 'inbound') return `at ${hop.destination}`;
  return `${hop.source} → ${hop.destination}${hop.destinationVersion === '' ? '' : ` ${hop.destinationVersion}`}`;
}
