/** A labelled field with an explanation and, where the value is wrong, what is wrong with it. */
import type { ReactNode } from 'react';
import styles from './Controls.module.css';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

export function Field({ label, hint, error, children }: FieldProps) {
  return (
    <label className={styles.field}>
      <span className={styles.fieldLabel}>{label}</span>
      {children}
      {error !== undefined ? (
        <span className={styles.error} role="alert">
          {error}
        </span>
      ) : (
        hint !== undefined && <span className={styles.hint}>{hint}</span>
      )}
    </label>
  );
}
