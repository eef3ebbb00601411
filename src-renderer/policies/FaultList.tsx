/** The faults of calls to a service, of one caller or of all: switch, change, remove, add. */
import { Timer, Zap } from 'lucide-react';
import type { FaultKind } from '../../src-main/api/contract/index.ts';
import { engineStore, useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Panel.tsx';
import { AddMenu } from './AddMenu.tsx';
import { CONTROL_KINDS, controlOf } from './catalogue.ts';
import type { Subject } from './control.ts';
import { freeName } from './draft.ts';
import { startEditing } from './editing.ts';
import { RuleRow } from './RuleRow.tsx';
import { faultsOfEdge, faultsOfService, namesBeside } from './rules.ts';
import styles from './RuleList.module.css';
import { useSubject } from './subject.ts';

const FAULTS = CONTROL_KINDS.filter((kind): kind is FaultKind => {
  return controlOf(kind).where.in === 'fault';
});

export function FaultList({ from, to }: { from?: string; to: string }) {
  const content = useEngine(({ document }) => document.content);
  const subject = useSubject(to, from);
  const rules = from === undefined ? faultsOfService(content, to) : faultsOfEdge(content, from, to);
  const add = (kind: FaultKind): void => startFault(kind, subject);
  return (
    <Section title="Faults">
      {rules.length === 0 && (
        <p className={styles.none}>None. Inject one and watch what the callers do about it.</p>
      )}
      <ul className={styles.list}>
        {rules.map((rule) => (
          <RuleRow key={rule.name} rule={rule} to={to} from={from} />
        ))}
      </ul>
      <div className={styles.add}>
        <Button icon={Timer} testId="add-delay" onClick={() => add('delay')}>
          Add delay
        </Button>
        <Button icon={Zap} testId="add-abort" onClick={() => add('abort')}>
          Add abort
        </Button>
        <AddMenu label="Another fault" testId="add-fault" kinds={FAULTS} onChoose={add} />
      </div>
    </Section>
  );
}

/** Opens the form of a new fault. */
function startFault(kind: FaultKind, subject: Subject): void {
  const { to, from } = subject;
  const content = engineStore.getState().state?.document.content ?? {};
  const spaced = kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const wanted = [spaced, ...(from === undefined ? [] : [from]), to].join('-');
  const name = freeName(wanted, namesBeside(content, ['faults', { named: wanted }]));
  startEditing({
    kind: 'fault',
    place: ['faults', { named: name }],
    value: {
      name,
      ...(from !== undefined && { from }),
      to,
      [kind]: controlOf(kind).start(subject),
    },
    was: undefined,
    to,
    from,
  });
}
