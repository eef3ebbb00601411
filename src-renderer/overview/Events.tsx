/** What happened, the newest first. */
import { useEngine } from '../engine/store.ts';
import { formatTime } from '../ui/format.ts';
import styles from './Events.module.css';

const MOST_SHOWN = 60;

export function Events() {
  const events = useEngine((state) => state.events);
  const shown = events.slice(-MOST_SHOWN).reverse();
  if (shown.length === 0) return <p className={styles.none}>Nothing yet.</p>;
  return (
    <ol className={styles.events}>
      {shown.map(({ id, at, severity, message }) => (
        <li key={id} data-severity={severity}>
          <time className="num">{formatTime(at)}</time>
          <span>{message}</span>
        </li>
      ))}
    </ol>
  );
}
