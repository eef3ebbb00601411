/** A part of a form that can be folded; beside its name stands what is in it. */
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Fields.module.css';

interface DisclosureProps {
  readonly label: string;
  readonly state?: string;
  readonly hint?: string | undefined;
  /** At first. */
  readonly open?: boolean;
  readonly testId?: string;
  readonly children: ReactNode;
}

export function Disclosure({ label, state, hint, open, testId, children }: DisclosureProps) {
  return (
    <details className={styles.disclosure} open={open || undefined} data-testid={testId}>
      <summary>
        <ChevronRight size={13} aria-hidden />
        <b>{label}</b>
        {state !== undefined && <span>{state}</span>}
      </summary>
      <div className={styles.inner}>
        {hint !== undefined && <small>{hint}</small>}
        {children}
      </div>
    </details>
  );
}
