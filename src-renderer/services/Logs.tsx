/** What the instances of a service have written lately. */
import { useEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Result } from '../../src-main/api/contract/index.ts';
import { ask } from '../engine/session.ts';
import { useEngine } from '../engine/store.ts';
import { formatTime } from '../ui/format.ts';
import styles from './Logs.module.css';

type Line = Result<'logs'>['lines'][number];

const EVERY = 1_000;
const MOST_SHOWN = 80;

export function Logs({ name }: { name: string }) {
  const ids = useEngine(
    useShallow((state) =>
      Object.values(state.instances)
        .filter(({ service }) => service === name)
        .map(({ id }) => id),
    ),
  );
  const lines = useLines(ids);
  if (lines.length === 0) return <p className={styles.none}>Nothing yet.</p>;
  return (
    <pre className={styles.logs} tabIndex={0} aria-label={`Output of ${name}`}>
      {lines.map(({ at, stream, text }, i) => (
        <span key={i} data-stream={stream}>
          <time>{formatTime(at)}</time> {text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

function useLines(ids: readonly string[]): Line[] {
  const [lines, setLines] = useState<Line[]>([]);
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      const results = await Promise.all(ids.map((instance) => ask('logs', { instance })));
      const all = results.flatMap((result) => result.lines).sort((a, b) => b.at - a.at);
      if (wanted) setLines(all.slice(0, MOST_SHOWN));
    };
    // Without the engine the frame says so; the lines stay.
    const tryToLoad = (): void => void load().catch(() => undefined);
    tryToLoad();
    const timer = setInterval(tryToLoad, EVERY);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [ids]);
  return lines;
}
