/** Everything that is not as usual right now, each with a way to end it. */
import { GitBranch, ShieldCheck, Timer, X, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Fault } from '../../src-main/api/contract/index.ts';
import { formatDuration } from '../../src-main/api/contract/index.ts';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import styles from './ActiveBar.module.css';

export function ActiveBar() {
  const faults = useEngine(({ document }) => document.mesh.faults);
  const traffic = useEngine(({ document }) => document.mesh.traffic);
  const active = faults.filter(({ enabled }) => enabled);
  const splits = Object.entries(traffic).flatMap(([service, { split }]) =>
    split ? [{ service, split }] : [],
  );
  return (
    <div className={styles.bar} data-testid="active-bar" role="region" aria-label="What is active">
      <span className={styles.title}>Active</span>
      <div className={styles.chips}>
        {active.length === 0 && splits.length === 0 && (
          <span className={styles.none}>no faults, no splits</span>
        )}
        {active.map((fault) => (
          <Chip
            key={fault.name}
            kind="fault"
            label={`Switch ${fault.name} off`}
            onOff={() => sendEdit({ kind: 'switch-fault', name: fault.name, enabled: false })}
          >
            {fault.delay ? <Timer size={13} aria-hidden /> : <Zap size={13} aria-hidden />}
            <b>{fault.name}</b>
            <span>{describeFault(fault)}</span>
          </Chip>
        ))}
        {splits.map(({ service, split }) => (
          <Chip
            key={service}
            kind="split"
            label={`Remove the split of ${service}`}
            onOff={() => sendEdit({ kind: 'set-split', service, split: null })}
          >
            <GitBranch size={13} aria-hidden />
            <b>{service}</b>
            <span className="num">{describeSplit(split)}</span>
          </Chip>
        ))}
      </div>
      <Button
        icon={ShieldCheck}
        kind="danger"
        testId="all-faults-off"
        disabled={active.length === 0}
        onClick={() => void sendEdit({ kind: 'switch-all-faults-off' })}
      >
        All faults off
      </Button>
    </div>
  );
}

interface ChipProps {
  readonly kind: 'fault' | 'split';
  readonly label: string;
  readonly children: ReactNode;
  onOff(): Promise<boolean>;
}

function Chip({ kind, label, children, onOff }: ChipProps) {
  return (
    <span className={styles.chip} data-kind={kind}>
      {children}
      <button type="button" aria-label={label} title={label} onClick={() => void onOff()}>
        <X size={13} aria-hidden />
      </button>
    </span>
  );
}

/** `orders → payments, 300ms on 50 %`. */
export function describeFault({ from, to, delay, abort, identity }: Fault): string {
  const parts = [
    ...(delay ? [`${formatDuration(delay.duration)} on ${delay.percentage} %`] : []),
    ...(abort ? [`${abort.status} on ${abort.percentage} %`] : []),
    ...(identity ? [`${identity.shows} on ${identity.percentage} %`] : []),
  ];
  return `${from ?? 'all'} → ${to}, ${parts.join(', ')}`;
}

function describeSplit(split: Readonly<Record<string, number>>): string {
  return Object.entries(split)
    .map(([version, weight]) => `${version} ${weight} %`)
    .join(' · ');
}
