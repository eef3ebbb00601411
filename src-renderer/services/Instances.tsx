/** The running copies of a service. */
import { RotateCw } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import type { InstanceState } from '../../src-main/api/contract/index.ts';
import { attempt } from '../engine/edits.ts';
import { ask } from '../engine/session.ts';
import { useEngine } from '../engine/store.ts';
import { causeText } from '../topology/model/failover.ts';
import { formatSpan } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Instances.module.css';

export function Instances({ name }: { name: string }) {
  const instances = useEngine(
    useShallow((state) => Object.values(state.instances).filter(({ service }) => service === name)),
  );
  return (
    <ul className={styles.list}>
      {instances.map((instance) => (
        <Instance key={instance.id} instance={instance} />
      ))}
      {instances.length === 0 && <li className={styles.none}>None: it is scaled to nothing.</li>}
    </ul>
  );
}

function Instance({ instance }: { instance: InstanceState }) {
  const { id, status, reason, restarts, pid, inbound, spiffeId, certificateExpires } = instance;
  const { locality, avoided = [] } = instance;
  const facts = [
    ...(locality === undefined ? [] : [locality]),
    ...(pid === undefined ? [] : [`pid ${pid}`]),
    ...(inbound === undefined ? [] : [`mTLS ${inbound}`]),
    ...(restarts === 0 ? [] : [`${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`]),
    ...(certificateExpires === undefined
      ? []
      : [`certificate ${formatSpan(certificateExpires - Date.now())}`]),
  ];
  return (
    <li className={styles.instance} data-status={status}>
      <i className={styles.light} aria-hidden />
      <div className={styles.text}>
        <b>{id}</b>
        <span className={styles.status}>{status}</span>
        <p className="num">{facts.join(' · ')}</p>
        {reason !== undefined && <p className={styles.reason}>{reason}</p>}
        {avoided.map(({ by, cause }) => (
          <p key={by} className={styles.reason}>{`left out by ${by}: ${causeText(cause)}`}</p>
        ))}
        {spiffeId !== undefined && <p className={`${styles.spiffe} mono`}>{spiffeId}</p>}
      </div>
      <IconButton
        label={`Restart ${id}`}
        icon={RotateCw}
        onClick={() => void attempt(() => ask('restartInstance', { id }))}
      />
    </li>
  );
}
