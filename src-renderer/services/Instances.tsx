/** The running copies of a service. */
import type { PointerEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { InstanceState } from '../../src-main/api/contract/index.ts';
import { useEngine } from '../engine/store.ts';
import { causeText } from '../topology/model/failover.ts';
import { formatSpan } from '../ui/format.ts';
import { RuleRow } from '../policies/RuleRow.tsx';
import { instanceFaultRules } from '../policies/rules.ts';
import rules from '../policies/RuleList.module.css';
import { InstanceMenu } from './InstanceMenu.tsx';
import { InstanceTray } from './InstanceTray.tsx';
import { useInstanceDrag } from './use-instance-drag.ts';
import styles from './Instances.module.css';

export function Instances({ name }: { name: string }) {
  const instances = useEngine(
    useShallow((state) => Object.values(state.instances).filter(({ service }) => service === name)),
  );
  const { dragged, grab } = useInstanceDrag();
  return (
    <>
      <ul className={styles.list}>
        {instances.map((instance) => (
          <Instance
            key={instance.id}
            instance={instance}
            isDragged={dragged?.instance.id === instance.id}
            onGrab={(event) => grab(instance, event)}
          />
        ))}
        {instances.length === 0 && <li className={styles.none}>None: it is scaled to nothing.</li>}
      </ul>
      {instances.length > 0 && (
        <p className={styles.hint}>Drag one to restart, kill or pause it, or use its menu.</p>
      )}
      {dragged && <InstanceTray dragged={dragged} />}
    </>
  );
}

interface InstanceProps {
  readonly instance: InstanceState;
  readonly isDragged: boolean;
  onGrab(event: PointerEvent): void;
}

function Instance({ instance, isDragged, onGrab }: InstanceProps) {
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
    <li
      className={styles.instance}
      data-status={status}
      data-dragged={isDragged || undefined}
      data-testid={`instance-${id}`}
      onPointerDown={onGrab}
    >
      <i className={styles.light} aria-hidden />
      <div className={styles.text}>
        <b>{id}</b>
        <span className={styles.status}>{status}</span>
        <p className="num">{facts.join(' · ')}</p>
        {reason !== undefined && (
          <p className={styles.reason} data-text>
            {reason}
          </p>
        )}
        {avoided.map(({ by, cause }) => (
          <p key={by} className={styles.reason}>{`left out by ${by}: ${causeText(cause)}`}</p>
        ))}
        {spiffeId !== undefined && (
          <p className={`${styles.spiffe} mono`} data-text>
            {spiffeId}
          </p>
        )}
      </div>
      <InstanceMenu instance={instance} />
    </li>
  );
}

/** What happens to them on purpose. */
export function InstanceFaults({ name }: { name: string }) {
  const content = useEngine(({ document }) => document.content);
  const faults = instanceFaultRules(content, name);
  if (faults.length === 0) return null;
  return (
    <ul className={rules.list}>
      {faults.map((rule) => (
        <RuleRow key={rule.name} rule={rule} to={name} />
      ))}
    </ul>
  );
}
