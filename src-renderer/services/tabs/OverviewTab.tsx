/** Golden signals, versions side by side, endpoints, what containers use. */
import { Signals } from './Signals.tsx';
import { Versions } from './Versions.tsx';
import { Endpoints } from './Endpoints.tsx';
import { Usage } from './Usage.tsx';
import styles from './Tab.module.css';

export function OverviewTab({ name }: { name: string }) {
  return (
    <div className={styles.tab}>
      <Signals name={name} />
      <Versions name={name} />
      <Endpoints name={name} />
      <Usage name={name} />
    </div>
  );
}
