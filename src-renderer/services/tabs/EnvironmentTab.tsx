/** What an instance is started with. */
import { ask } from '../../engine/session.ts';
import { Loading } from '../../ui/Loading.tsx';
import { InstanceChoice, useInstanceChoice } from '../InstanceChoice.tsx';
import { useAsked } from '../use-asked.ts';
import { useEngine } from '../../engine/store.ts';
import styles from './Tab.module.css';

const ORIGINS = { document: 'the document', faultline: 'Faultline' } as const;

export function EnvironmentTab({ name }: { name: string }) {
  const { all, chosen, choose } = useInstanceChoice(name);
  if (chosen === undefined) return <p className={styles.none}>There is no instance of it.</p>;
  return (
    <div className={styles.fill}>
      <div className={styles.bar}>
        <InstanceChoice all={all} chosen={chosen} onChoose={choose} />
        <span className={styles.note}>
          Secrets are masked. What it inherits of the terminal that started Faultline is not listed.
        </span>
      </div>
      <Variables instance={chosen} />
    </div>
  );
}

function Variables({ instance }: { instance: string }) {
  const version = useEngine(({ document }) => document.version);
  const asked = useAsked(`${instance} ${version}`, () => ask('environment', { instance }));
  if (asked.state === 'loading') return <Loading what="the environment" />;
  if (asked.state === 'failed') return <p className={styles.none}>{asked.reason}</p>;
  const { variables } = asked.value;
  if (variables.length === 0) {
    return <p className={styles.none}>A stub runs inside the data plane: it has no environment.</p>;
  }
  return (
    <div className={styles.tab}>
      <table className={styles.table} data-testid="environment">
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Value</th>
            <th scope="col">Set by</th>
          </tr>
        </thead>
        <tbody>
          {variables.map(({ name, value, origin, masked }) => (
            <tr key={name}>
              <td className="mono">{name}</td>
              <td className="mono" data-tone={masked ? 'warn' : undefined}>
                {value}
                {masked && <span className="sr-only"> (masked)</span>}
              </td>
              <td className={styles.detail}>{ORIGINS[origin]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
