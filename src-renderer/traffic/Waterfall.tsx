/** One request, hop by hop. */
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HopView, TraceView } from '../../src-main/api/contract/index.ts';
import { openTrace, select } from '../app/ui-store.ts';
import { ask } from '../engine/session.ts';
import { formatBytes, formatMs } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Waterfall.module.css';
import { waterfallRows } from './waterfall-model.ts';
import type { SegmentKind, WaterfallRow } from './waterfall-model.ts';

type Loaded = { readonly trace: TraceView } | { readonly error: string };

export function Waterfall({ traceId }: { traceId: string }) {
  const [loaded, setLoaded] = useState<Loaded>();
  const [open, setOpen] = useState<string>();
  useEffect(() => {
    ask('trace', { traceId }).then(
      (trace) => setLoaded({ trace }),
      (error: Error) => setLoaded({ error: error.message }),
    );
  }, [traceId]);
  return (
    <div className={styles.waterfall} data-testid="waterfall">
      <header className={styles.head}>
        <span className="mono">{traceId}</span>
        <Legend />
        <IconButton label="Close the trace" icon={X} onClick={() => openTrace(undefined)} />
      </header>
      {loaded && 'error' in loaded && <p className={styles.error}>{loaded.error}</p>}
      {loaded && 'trace' in loaded && (
        <ol className={styles.rows}>
          {waterfallRows(loaded.trace).map((row) => (
            <Row
              key={row.hop.spanId}
              row={row}
              open={open === row.hop.spanId}
              onToggle={() => setOpen(open === row.hop.spanId ? undefined : row.hop.spanId)}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

const KINDS: readonly SegmentKind[] = ['injected', 'queue', 'connect', 'tls', 'upstream', 'proxy'];

function Legend() {
  return (
    <span className={styles.legend}>
      {KINDS.map((kind) => (
        <span key={kind}>
          <i data-kind={kind} />
          {kind === 'tls' ? 'TLS' : kind}
        </span>
      ))}
    </span>
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
  const failed = hop.status >= 500 || hop.status === 0;
  return (
    <li
      className={styles.item}
      data-testid="waterfall-hop"
      data-failed={failed || undefined}
      data-injected={hop.faults.length > 0 || undefined}
    >
      <button type="button" className={`${styles.row} num`} aria-expanded={open} onClick={onToggle}>
        <span className={styles.name} style={{ paddingLeft: Math.min(depth, 10) * 9 }}>
          {nameOf(hop)}
          {hop.attempt > 0 && <em>{`try ${hop.attempt + 1}`}</em>}
        </span>
        <b>{hop.status === 0 ? '–' : hop.status}</b>
        <span className={styles.track}>
          {segments.map((segment) => (
            <i
              key={segment.kind}
              data-kind={segment.kind}
              title={`${segment.kind}: ${formatMs(hop.timing[segment.kind])}`}
              style={{
                left: percent(segment.from),
                width: `max(1.5px, ${percent(segment.width)})`,
              }}
            />
          ))}
        </span>
        <span className={styles.duration}>{formatMs(hop.duration)}</span>
      </button>
      {open && <Details hop={hop} />}
    </li>
  );
}

function nameOf(hop: HopView): string {
  if (hop.direction === 'inbound') return `${hop.destination}: arrived`;
  return `${hop.source} → ${hop.destination}${hop.destinationVersion === '' ? '' : ` ${hop.destinationVersion}`}`;
}

function Details({ hop }: { hop: HopView }) {
  const times = KINDS.filter((kind) => hop.timing[kind] > 0).map(
    (kind) => `${kind} ${formatMs(hop.timing[kind])}`,
  );
  const facts: [string, string][] = [
    ['Request', `${hop.method} ${hop.path}`],
    ['Proxy', `${hop.node} · ${hop.direction} · route ${hop.route}`],
    ['Time', times.join(' · ')],
    ['Bytes', `${formatBytes(hop.requestBytes)} in, ${formatBytes(hop.responseBytes)} out`],
    ...(hop.destinationInstance === ''
      ? []
      : [['Instance', hop.destinationInstance] as [string, string]]),
    ...(hop.peerSpiffeId === '' ? [] : [['Peer', hop.peerSpiffeId] as [string, string]]),
    ...(hop.failure === '' ? [] : [['Failure', hop.failure] as [string, string]]),
    ...(hop.faults.length === 0
      ? []
      : [['Injected by', hop.faults.join(', ')] as [string, string]]),
    ...(hop.flags.length === 0 ? [] : [['Flags', hop.flags.join(', ')] as [string, string]]),
  ];
  const canJump = hop.direction !== 'inbound' && hop.destination !== '';
  return (
    <dl className={styles.details}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {canJump && (
        <button
          type="button"
          onClick={() => select({ kind: 'edge', from: hop.source, to: hop.destination })}
        >
          Show in the graph
        </button>
      )}
    </dl>
  );
}
