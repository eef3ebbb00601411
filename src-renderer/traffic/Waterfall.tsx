/** One request, hop by hop: where the time went. */
import { useState } from 'react';
import type { HopView, TraceView } from '../../src-main/api/contract/index.ts';
import { formatMs } from '../ui/format.ts';
import { criticalPath, sharesOf } from './critical-path.ts';
import { marksOf } from './hop-marks.ts';
import { HopDetails } from './HopDetails.tsx';
import { statusName, statusText } from './status.ts';
import { ticksOf } from './waterfall-axis.ts';
import styles from './Waterfall.module.css';
import { nameOfKind, SEGMENT_ORDER, waterfallRows } from './waterfall-model.ts';
import type { WaterfallRow } from './waterfall-model.ts';

/** Of those that were waited for; the others are summed. */
const MOST_SHARES = 5;

export function Waterfall({ trace }: { trace: TraceView }) {
  const [open, setOpen] = useState<string>();
  return (
    <div className={styles.scroll}>
      <CriticalSum trace={trace} />
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
      <Legend trace={trace} />
    </div>
  );
}

/** Who was waited for, and for how long. */
function CriticalSum({ trace }: { trace: TraceView }) {
  const path = criticalPath(trace);
  const shares = sharesOf(path);
  const shown = shares.slice(0, MOST_SHARES);
  const rest = shares.slice(MOST_SHARES).reduce((sum, { time }) => sum + time, 0);
  return (
    <p className={`${styles.critical} num`} data-testid="critical-path">
      <b>{`Critical path ${formatMs(path.sum)}`}</b>
      {shown.map(({ name, time }) => (
        <span key={name}>{`${name} ${formatMs(time)}`}</span>
      ))}
      {rest > 0 && <span>{`others ${formatMs(rest)}`}</span>}
    </p>
  );
}

/** Only what this trace has. */
function Legend({ trace }: { trace: TraceView }) {
  const kinds = SEGMENT_ORDER.filter((kind) => trace.hops.some(({ timing }) => timing[kind] > 0));
  return (
    <p className={styles.legend}>
      <span>
        <i data-kind="critical" />
        waited for
      </span>
      {kinds.map((kind) => (
        <span key={kind}>
          <i data-kind={kind} />
          {nameOfKind(kind)}
        </span>
      ))}
    </p>
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
          {row.isGuessed && (
            <i
              data-kind="shadow"
              title="Its parent is a span of the service's own, which no proxy has seen. It stands below what the service was busy with when it sent it."
            >
              own span
            </i>
          )}
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
          {row.critical.map(({ from, width }) => (
            <i
              key={from}
              data-kind="critical"
              title="On the critical path"
              style={{ left: percent(from), width: `max(1.5px, ${percent(width)})` }}
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
