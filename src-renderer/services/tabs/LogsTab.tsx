/** What all instances of a service have written, in one stream. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '../../engine/session.ts';
import { formatTime } from '../../ui/format.ts';
import { Loading } from '../../ui/Loading.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { fitsLog, LEVELS, mergeLines, partsOf } from '../log-lines.ts';
import type { Level, LogFilter, LogLine } from '../log-lines.ts';
import { useAsked } from '../use-asked.ts';
import { useInstances } from '../use-instances.ts';
import styles from './Tab.module.css';

const EVERY = 1_000;
const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  debug: 'all levels',
  info: 'info and above',
  warning: 'warnings and errors',
  error: 'errors',
};

export function LogsTab({ name }: { name: string }) {
  const ids = useInstances(name);
  const [filter, setFilter] = useState<LogFilter>({
    text: '',
    least: 'debug',
    instance: undefined,
  });
  const [follows, setFollows] = useState(true);
  const asked = useAsked(ids.join(), () => load(ids), EVERY);
  const lines = useMemo(() => (asked.state === 'there' ? mergeLines(asked.value) : []), [asked]);
  const found = useMemo(() => lines.filter((line) => fitsLog(line, filter)), [lines, filter]);
  return (
    <div className={styles.fill}>
      <div className={styles.bar} role="search">
        <input
          type="search"
          placeholder="Find in the output"
          aria-label="Find in the output"
          data-testid="logs-search"
          value={filter.text}
          onChange={({ target }) => setFilter({ ...filter, text: target.value })}
        />
        <select
          aria-label="Level"
          data-testid="logs-level"
          value={filter.least}
          onChange={({ target }) => setFilter({ ...filter, least: target.value as Level })}
        >
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {LEVEL_NAMES[level]}
            </option>
          ))}
        </select>
        <select
          aria-label="Instance"
          value={filter.instance ?? ''}
          onChange={({ target }) =>
            setFilter({ ...filter, instance: target.value === '' ? undefined : target.value })
          }
        >
          <option value="">all instances</option>
          {ids.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
        <span className={`${styles.note} num`}>{`${found.length} of ${lines.length} lines`}</span>
        <label>
          Follow
          <Switch label="Follow" testId="logs-follow" checked={follows} onChange={setFollows} />
        </label>
      </div>
      {asked.state === 'loading' && <Loading what="the output" />}
      {asked.state === 'failed' && <p className={styles.none}>{asked.reason}</p>}
      {asked.state === 'there' && (
        <Lines lines={found} wanted={filter.text} follows={follows} onFollows={setFollows} />
      )}
    </div>
  );
}

async function load(ids: readonly string[]): Promise<Record<string, LogLine[]>> {
  const all = await Promise.all(
    ids.map(async (instance) => [instance, (await ask('logs', { instance })).lines] as const),
  );
  return Object.fromEntries(all) as Record<string, LogLine[]>;
}

interface LinesProps {
  readonly lines: readonly LogLine[];
  readonly wanted: string;
  readonly follows: boolean;
  onFollows(follows: boolean): void;
}

/** Scrolling up stops following, scrolling to the end follows again. */
function Lines({ lines, wanted, follows, onFollows }: LinesProps) {
  const place = useRef<HTMLDivElement>(null);
  const last = lines.at(-1);
  useEffect(() => {
    const element = place.current;
    if (follows && element) element.scrollTop = element.scrollHeight;
  }, [follows, last?.at, last?.text, lines.length]);
  if (lines.length === 0) {
    return (
      <p className={styles.none}>
        {wanted === ''
          ? 'Nothing was written on standard output or standard error.'
          : 'No line has this text.'}
      </p>
    );
  }
  return (
    <div
      ref={place}
      className={styles.logs}
      role="log"
      aria-label="Output"
      aria-live="off"
      tabIndex={0}
      data-testid="logs"
      onWheel={({ deltaY }) => {
        if (deltaY < 0) onFollows(false);
      }}
      onScroll={({ currentTarget }) => {
        const { scrollTop, clientHeight, scrollHeight } = currentTarget;
        if (scrollTop + clientHeight >= scrollHeight - 2 && !follows) onFollows(true);
      }}
    >
      {lines.map((line, i) => (
        <div key={i} className={styles.line} data-level={line.level} data-testid="log-line">
          <time className="num">{formatTime(line.at)}</time>
          <span className={styles.instance}>{line.instance}</span>
          <span>
            {partsOf(line.text, wanted).map((part, at) =>
              at % 2 === 1 ? <mark key={at}>{part}</mark> : part,
            )}
          </span>
        </div>
      ))}
    </div>
  );
}
