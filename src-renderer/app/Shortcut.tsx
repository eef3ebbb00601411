import { shortcutKeys } from './keyboard.ts';
import styles from './Shortcut.module.css';

/** The keys of a shortcut as keys. */
export function Shortcut({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {shortcutKeys(keys).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
