/** The instances of a service as endpoints: where they are, how they do, who leaves them out. */
import { RotateCw } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import type { InstanceState } from '../../../src-main/api/contract/index.ts';
import { attempt } from '../../engine/edits.ts';
import { ask } from '../../engine/session.ts';
import { useEngine } from '../../engine/store.ts';
import { formatSpan } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './Tab.module.css';

export function Endpoints({ name }: { name: string }) {
  const instances = useEngine(
    useShallow((state) => Object.values(state.instances).filter(({ service }) => service === name)),
  );
  if (instances.length === 0) {
    return (
      <section>
        <h3>Endpoints</h3>
        <p className={styles.hint}>None: it is scaled to nothing.</p>
      </section>
    );
  }
  return (
    <section>
      <h3>Endpoints</h3>
      <table className={styles.table} data-testid="endpoints">
        <thead>
          <tr>
            <th scope="col">Instance</th>
            <th scope="col">Health</th>
            <th scope="col">Asked by callers</th>
            <th scope="col">Address (mutual TLS)</th>
            <th scope="col">Runs for</th>
            <th scope="col" className={styles.figure}>
              Restarts
            </th>
            <th scope="col">
              <span className="sr-only">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {instances.map((instance) => (
            <Row key={instance.id} instance={instance} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const TONES: Readonly<Record<InstanceState['status'], 'ok' | 'warn' | 'bad'>> = {
  ready: 'ok',
  starting: 'warn',
  stopped: 'warn',
  unhealthy: 'bad',
  restarting: 'bad',
  failed: 'bad',
};

function Row({ instance }: { instance: InstanceState }) {
  const { id, status, reason, inbound, pid, restarts, startedAt } = instance;
  return (
    <tr>
      <td>
        <b>{id}</b>
        {pid !== undefined && <div className={`${styles.detail} num`}>pid {pid}</div>}
      </td>
      <td>
        <span data-tone={TONES[status]}>{status}</span>
        {reason !== undefined && <div className={styles.detail}>{reason}</div>}
      </td>
      <td>
        <Avoided instance={instance} />
      </td>
      <td className="mono">{inbound ?? '–'}</td>
      <td className="num">{startedAt === undefined ? '–' : formatSpan(Date.now() - startedAt)}</td>
      <td className={`${styles.figure} num`}>{restarts}</td>
      <td className={styles.figure}>
        <IconButton
          label={`Restart ${id}`}
          icon={RotateCw}
          onClick={() => void attempt(() => ask('restartInstance', { id }))}
        />
      </td>
    </tr>
  );
}

function Avoided({ instance: { avoided = [] } }: { instance: InstanceState }) {
  if (avoided.length === 0) return <span data-tone="ok">by all</span>;
  return avoided.map(({ by, cause, until }) => (
    <div key={by}>
      <span data-tone="warn">{`not by ${by}`}</span>
      <div className={styles.detail}>
        {`${cause === 'health-check' ? 'fails its health check' : `ejected: ${cause}`}`}
        {until !== undefined && `, again in ${formatSpan(Math.max(0, until - Date.now()))}`}
      </div>
    </div>
  ));
}
