/** All that has happened, beside what it did to the traffic. */
import { Cog, FileWarning, KeyRound, Pencil, Server } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { EventEntry } from '../../src-main/api/contract/index.ts';
import { openTimeline, useUi } from '../app/ui-store.ts';
import { useEngine } from '../engine/store.ts';
import { edgeId, GATEWAY, gatewayServices } from '../topology/model/graph.ts';
import { Chart } from '../ui/Chart.tsx';
import { formatMsShort, formatRate, formatTime } from '../ui/format.ts';
import { Loading } from '../ui/Loading.tsx';
import { useSeeing } from './notices/unread.ts';
import { EVENT_KINDS, fitsFilter, nearestTo } from './timeline-filter.ts';
import type { EventKind, TimelineFilter } from './timeline-filter.ts';
import styles from './Timeline.module.css';
import { useMarks } from './use-marks.ts';
import { ALL_KEPT, useSeries } from './use-series.ts';

const ICONS: Readonly<Record<EventKind, LucideIcon>> = {
  edit: Pencil,
  instance: Server,
  identity: KeyRound,
  problem: FileWarning,
  engine: Cog,
};
const KINDS = Object.entries(EVENT_KINDS) as [EventKind, string][];

export function Timeline() {
  const [filter, setFilter] = useState<TimelineFilter>({
    text: '',
    kind: undefined,
    severe: false,
  });
  const events = useEngine((state) => state.events);
  const found = events.filter((event) => fitsFilter(event, filter)).reverse();
  useSeeing();
  return (
    <main className={styles.timeline} data-testid="timeline">
      <section className={styles.list} aria-label="Events">
        <header className={styles.head}>
          <h2>Timeline</h2>
          <p className="num">{`${found.length} of ${events.length} events`}</p>
        </header>
        <Filters filter={filter} onChange={setFilter} />
        <Events events={found} isAll={found.length === events.length} />
      </section>
      <section className={styles.charts} aria-label="At the gateway">
        <h3>At the gateway</h3>
        <p>The last fifteen minutes. A line marks each edit, and all that went wrong.</p>
        <GatewayCharts />
        <Legend />
      </section>
    </main>
  );
}

function Filters({
  filter,
  onChange,
}: {
  filter: TimelineFilter;
  onChange(filter: TimelineFilter): void;
}) {
  const { kind, severe, text } = filter;
  return (
    <div className={styles.filters} role="search">
      <input
        type="search"
        placeholder="Find in the timeline"
        aria-label="Find in the timeline"
        value={text}
        onChange={({ target }) => onChange({ ...filter, text: target.value })}
      />
      {KINDS.map(([one, label]) => (
        <button
          key={one}
          type="button"
          aria-pressed={kind === one}
          onClick={() => onChange({ ...filter, kind: kind === one ? undefined : one })}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={severe}
        onClick={() => onChange({ ...filter, severe: !severe })}
      >
        Warnings and errors
      </button>
    </div>
  );
}

function Events({ events, isAll }: { events: readonly EventEntry[]; isAll: boolean }) {
  const at = useUi((ui) => ui.at);
  const chosen = at === undefined ? undefined : nearestTo(events, at)?.id;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  if (events.length === 0) {
    return (
      <p className={styles.empty}>
        {isAll
          ? 'Nothing has happened yet. Edits of the document, instances that start or end, and refused certificates are noted here.'
          : 'No event is like that: take away a filter.'}
      </p>
    );
  }
  return (
    <ol ref={list} className={styles.events}>
      {events.map((event) => (
        <li key={event.id}>
          <Entry event={event} isChosen={event.id === chosen} />
        </li>
      ))}
    </ol>
  );
}

function Entry({ event, isChosen }: { event: EventEntry; isChosen: boolean }) {
  const { at, kind, message, severity, subject } = event;
  const Icon = ICONS[kind];
  return (
    <button
      type="button"
      className={styles.event}
      data-severity={severity}
      data-kind={kind}
      data-testid="timeline-event"
      aria-pressed={isChosen}
      onClick={() => openTimeline(isChosen ? undefined : at)}
    >
      <time className="num">{formatTime(at)}</time>
      <Icon size={14} aria-label={EVENT_KINDS[kind]} />
      <span className={styles.message}>{message}</span>
      {subject !== undefined && !message.includes(subject) && (
        <span className={styles.subject}>{subject}</span>
      )}
    </button>
  );
}

function GatewayCharts() {
  const entries = useEngine(
    useShallow(({ document }) =>
      gatewayServices(document.mesh).map((service) => edgeId(GATEWAY, service)),
    ),
  );
  const series = useSeries(entries, ALL_KEPT);
  const marks = useMarks();
  const at = useUi((ui) => ui.at);
  if (!series) return <Loading what="the charts" />;
  if (series.at.length === 0) {
    return (
      <p className={styles.empty}>
        Nothing has come to the gateway yet: switch the visitors on, or send it a request.
      </p>
    );
  }
  const shared = { at: series.at, marks, chosen: at === undefined ? undefined : at / 1000 };
  return (
    <>
      <Chart
        {...shared}
        label="Requests"
        height={150}
        format={formatRate}
        lines={[
          { label: 'all', colour: 'accent', values: series.rate, filled: true },
          { label: 'errors', colour: 'bad', values: series.errors },
          { label: 'injected', colour: 'injected', values: series.injected },
        ]}
      />
      <Chart
        {...shared}
        label="Latency"
        height={150}
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

function Legend() {
  const entries = [
    ['accent', 'edit'],
    ['warn', 'warning'],
    ['bad', 'error'],
  ];
  return (
    <ul className={styles.legend} aria-label="What the lines mean">
      {entries.map(([colour, label]) => (
        <li key={label}>
          <i style={{ borderColor: `var(--${colour})` }} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}
