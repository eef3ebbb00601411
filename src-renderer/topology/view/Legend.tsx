/** What the colours mean. */
import styles from './Legend.module.css';

const ENTRIES = [
  ['ok', 'answered'],
  ['warn', '4xx, or few errors'],
  ['bad', 'failed'],
  ['injected', 'injected'],
] as const;

export function Legend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {ENTRIES.map(([colour, text]) => (
        <li key={colour}>
          <i style={{ background: `var(--${colour})` }} />
          {text}
        </li>
      ))}
    </ul>
  );
}
