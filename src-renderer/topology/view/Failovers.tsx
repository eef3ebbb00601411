/** Where the requests of an edge go instead of to its first choice of instances, and why. */
import { useShallow } from 'zustand/react/shallow';
import type { FailoverState } from '../../../src-main/api/contract/index.ts';
import { useEngine } from '../../engine/store.ts';
import { formatShare } from '../../ui/format.ts';
import { Section } from '../../ui/Panel.tsx';
import { failoverGroups } from '../model/failover.ts';
import type { FailoverGroup } from '../model/failover.ts';
import styles from './Failovers.module.css';

export function Failovers({ to, failovers }: { to: string; failovers: readonly FailoverState[] }) {
  const instances = useEngine(
    useShallow((state) => Object.values(state.instances).filter(({ service }) => service === to)),
  );
  return (
    <Section title="Failed over">
      {failoverGroups(failovers, instances).map((group) => (
        <Group key={`${group.version} ${group.callers.join(' ')}`} group={group} />
      ))}
    </Section>
  );
}

function Group({ group: { version, callers, priorities, reasons } }: { group: FailoverGroup }) {
  return (
    <div className={styles.group}>
      <p className={styles.who}>
        {callers.join(', ')} for {version}
      </p>
      <table className={`${styles.table} num`}>
        <thead>
          <tr>
            <th>Goes to</th>
            <th>Requests</th>
            <th>Well</th>
          </tr>
        </thead>
        <tbody>
          {priorities.map(({ name, load, well, total }) => (
            <tr key={name} data-bad={well < total || total === 0 || undefined}>
              <td>{name}</td>
              <td>
                <span className={styles.bar} style={{ inlineSize: `${load * 0.5}px` }} />
                {formatShare(load / 100)}
              </td>
              <td>{total === 0 ? 'none ready' : `${well} of ${total}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {reasons.map((reason) => (
        <p key={reason} className={styles.reason}>
          {reason}
        </p>
      ))}
    </div>
  );
}
