/** The parts that all side panels are made of. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { select } from '../app/ui-store.ts';
import { IconButton } from './IconButton.tsx';
import styles from './Panel.module.css';

export function PanelHead({
  title,
  detail,
  closable = true,
}: {
  title: ReactNode;
  detail?: ReactNode;
  closable?: boolean;
}) {
  return (
    <header className={styles.head}>
      <div>
        <h2 className={styles.title}>{title}</h2>
        {detail !== undefined && <p className={styles.detail}>{detail}</p>}
      </div>
      {closable && <IconButton label="Close" icon={X} onClick={() => select({ kind: 'none' })} />}
    </header>
  );
}

export function Section({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <header className={styles.sectionHead}>
        <h3>{title}</h3>
        {action}
      </header>
      {children}
    </section>
  );
}

interface StatProps {
  readonly label: string;
  readonly value: string;
  readonly tone?: 'ok' | 'warn' | 'bad' | 'injected' | undefined;
}

export function Stats({ items }: { items: readonly StatProps[] }) {
  return (
    <dl className={styles.stats}>
      {items.map(({ label, value, tone }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num" data-tone={tone}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
