/** The last fifteen minutes: pause, step back, and see what happened when. */
import { Pause, Play, StepBack, StepForward } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { EventEntry, Series } from '../../../src-main/api/contract/index.ts';
import { useEngine } from '../../engine/store.ts';
import { poll } from '../../engine/poll.ts';
import { ask } from '../../engine/session.ts';
import { mergeSeries } from '../../overview/merge-series.ts';
import { formatTime } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { edgeId, GATEWAY, gatewayServices } from '../model/graph.ts';
import { barsOf, eventMarks } from '../model/time-bar.ts';
import {
  REACH,
  showLive,
  showMoment,
  stepMoment,
  togglePause,
  useMoment,
} from '../moment-store.ts';
import styles from './TimeBar.module.css';

/** How often the bar moves on, in milliseconds. */
const EVERY = 2_000;
const HEIGHT = 22;

export function TimeBar() {
  const at = useMoment((state) => state.at);
  const { now, series } = useHistory();
  const shown = at ?? now;
  const isLive = at === undefined;
  return (
    <div className={styles.bar} role="group" aria-label="Time" data-testid="time-bar">
      <IconButton
        label={isLive ? 'Pause time' : 'Go on, live'}
        icon={isLive ? Pause : Play}
        testId="time-pause"
        onClick={togglePause}
      />
      <IconButton
        label="A second back"
        icon={StepBack}
        testId="time-back"
        onClick={() => stepMoment(-1)}
      />
      <IconButton
        label="A second on"
        icon={StepForward}
        testId="time-on"
        disabled={isLive}
        onClick={() => stepMoment(1)}
      />
      <div className={styles.track}>
        <History now={now} series={series} />
        <EventMarks now={now} />
        <input
          type="range"
          className={styles.range}
          data-testid="time-range"
          aria-label="Moment that is shown"
          aria-valuetext={isLive ? 'live' : formatTime(shown * 1000)}
          min={now - REACH + 1}
          max={now}
          value={Math.min(now, shown)}
          data-live={isLive || undefined}
          onChange={({ target }) => {
            const second = Number(target.value);
            if (second >= now - 1) showLive();
            else showMoment(second);
          }}
        />
      </div>
      <span className={`${styles.time} num`} data-testid="time-shown">
        {isLive ? formatTime(now * 1000) : `${formatTime(shown * 1000)}`}
        <small>{isLive ? '' : ago(now - shown)}</small>
      </span>
      <button
        type="button"
        className={styles.live}
        data-testid="time-live"
        aria-pressed={isLive}
        onClick={showLive}
      >
        <i aria-hidden /> Live
      </button>
    </div>
  );
}

function ago(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0 ? ` −${rest} s` : ` −${minutes}:${String(rest).padStart(2, '0')}`;
}

/** What came to the gateway, and when it is. The bar stands still while nobody looks at the page. */
function useHistory(): { readonly now: number; readonly series: Series } {
  const entries = useEngine(
    useShallow(({ document }) => gatewayServices(document.mesh).map((to) => edgeId(GATEWAY, to))),
  );
  const [found, setFound] = useState({ now: seconds(), series: mergeSeries([]) });
  useEffect(() => {
    const load = async (): Promise<Series> =>
      mergeSeries(await Promise.all(entries.map((edge) => ask('series', { edge }))));
    return poll(EVERY, load, (series) => setFound({ now: seconds(), series }));
  }, [entries]);
  return found;
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

function History({ now, series }: { now: number; series: Series }) {
  const bars = useMemo(() => barsOf(series, now, REACH), [series, now]);
  return (
    <svg
      className={styles.history}
      viewBox={`0 0 ${bars.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {bars.map(({ rate, errors, injected }, i) => (
        <g key={i}>
          <rect
            x={i}
            y={HEIGHT * (1 - rate)}
            width={0.8}
            height={HEIGHT * rate}
            className={styles.rate}
          />
          <rect
            x={i}
            y={HEIGHT * (1 - injected)}
            width={0.8}
            height={HEIGHT * injected}
            className={styles.injected}
          />
          <rect
            x={i}
            y={HEIGHT * (1 - errors)}
            width={0.8}
            height={HEIGHT * errors}
            className={styles.errors}
          />
        </g>
      ))}
    </svg>
  );
}

function EventMarks({ now }: { now: number }) {
  const events = useEngine((state) => state.events);
  const marks = useMemo(() => eventMarks(events, now, REACH), [events, now]);
  return (
    <>
      {marks.map(({ share, event, more }) => (
        <button
          key={event.id}
          type="button"
          className={styles.event}
          data-kind={kindOf(event)}
          style={{ left: `${share * 100}%` }}
          tabIndex={-1}
          title={`${formatTime(event.at)} ${event.message}${more > 0 ? ` (and ${more} more)` : ''}`}
          aria-label={`${formatTime(event.at)} ${event.message}`}
          onClick={() => showMoment(Math.floor(event.at / 1000))}
        />
      ))}
    </>
  );
}

function kindOf({ kind, severity }: EventEntry): string {
  if (kind === 'edit') return 'edit';
  return severity;
}
