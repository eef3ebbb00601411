import styles from './Loading.module.css';

/** That something is on its way; seen only where it takes longer than a moment. */
export function Loading({ what }: { what: string }) {
  return (
    <div className={styles.loading} role="status">
      <span className={styles.bar} aria-hidden />
      Loading {what}…
    </div>
  );
}
