/** The faults of an edge: switch, change, remove, add. */
import { Pencil, Timer, Trash2, Zap } from 'lucide-react';
import { useState } from 'react';
import type { Fault } from '../../src-main/api/contract/index.ts';
import { describeFault } from '../app/ActiveBar.tsx';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Section } from '../ui/Panel.tsx';
import { Switch } from '../ui/Switch.tsx';
import { draftOf, newDraft } from './fault-draft.ts';
import type { FaultDraft } from './fault-draft.ts';
import { FaultForm } from './FaultForm.tsx';
import styles from './FaultList.module.css';

export function FaultList({ from, to }: { from: string; to: string }) {
  const all = useEngine(({ document }) => document.mesh.faults);
  const faults = all.filter((fault) => fault.to === to && (fault.from ?? from) === from);
  const [draft, setDraft] = useState<FaultDraft>();
  const form = draft && (
    <FaultForm
      key={draft.base?.name ?? draft.kinds.join()}
      from={from}
      to={to}
      initial={draft}
      onDone={() => setDraft(undefined)}
    />
  );
  return (
    <Section title="Faults">
      {faults.length === 0 && !draft && (
        <p className={styles.none}>None. Inject one and watch what the callers do about it.</p>
      )}
      <ul className={styles.list}>
        {faults.map((fault) => (
          <li key={fault.name}>
            {draft?.base?.name === fault.name ? (
              form
            ) : (
              <FaultRow fault={fault} onEdit={() => setDraft(draftOf(fault))} />
            )}
          </li>
        ))}
      </ul>
      {draft ? (
        !draft.base && form
      ) : (
        <div className={styles.add}>
          <Button icon={Timer} testId="add-delay" onClick={() => setDraft(newDraft('delay'))}>
            Add delay
          </Button>
          <Button icon={Zap} testId="add-abort" onClick={() => setDraft(newDraft('abort'))}>
            Add abort
          </Button>
        </div>
      )}
    </Section>
  );
}

function FaultRow({ fault, onEdit }: { fault: Fault; onEdit(): void }) {
  const { name, enabled } = fault;
  return (
    <div className={styles.row} data-on={enabled || undefined}>
      <Switch
        label={`Fault ${name}`}
        testId={`fault-switch-${name}`}
        checked={enabled}
        onChange={(next) => void sendEdit({ kind: 'switch-fault', name, enabled: next })}
      />
      <div className={styles.text}>
        <b>{name}</b>
        <span>{describeFault(fault)}</span>
      </div>
      <IconButton label={`Change ${name}`} icon={Pencil} onClick={onEdit} />
      <IconButton
        label={`Remove ${name}`}
        icon={Trash2}
        testId={`fault-remove-${name}`}
        onClick={() => void sendEdit({ kind: 'remove-fault', name })}
      />
    </div>
  );
}
