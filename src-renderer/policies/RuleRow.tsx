/** A rule of the document: switched, changed, removed. */
import { Pencil, Trash2 } from 'lucide-react';
import { sendEdit } from '../engine/edits.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Switch } from '../ui/Switch.tsx';
import { sayRule, titleOf } from './describe.ts';
import { startEditing } from './editing.ts';
import { iconOf } from './icons.ts';
import { canSwitch } from './rules.ts';
import type { Rule } from './rules.ts';
import styles from './RuleList.module.css';

interface RuleRowProps {
  readonly rule: Rule;
  /** The called service. */
  readonly to: string;
  readonly from?: string | undefined;
}

export function RuleRow({ rule, to, from }: RuleRowProps) {
  const { kind, place, value, enabled, within } = rule;
  const isFault = kind === 'fault' || kind === 'instanceFault';
  const title = titleOf(rule);
  const name = nameOf(rule);
  const Icon = iconOf(rule);
  const testId = name.replaceAll(' ', '-');
  return (
    <li
      className={styles.row}
      data-on={(isFault && enabled) || undefined}
      data-off={!enabled || undefined}
    >
      {canSwitch(rule) ? (
        <Switch
          label={isFault ? `Fault ${name}` : `${title}: ${name}`}
          testId={isFault ? `fault-switch-${name}` : `policy-switch-${testId}`}
          checked={enabled}
          onChange={(next) =>
            void sendEdit({ kind: 'switch-policy', place: [...place], enabled: next })
          }
        />
      ) : (
        <Icon className={styles.icon} size={15} aria-hidden />
      )}
      <div className={styles.text}>
        <b>{isFault ? name : title}</b>
        <span>{sayRule(rule)}</span>
        {within !== undefined && <span className={styles.within}>{within}</span>}
      </div>
      <IconButton
        label={`Change ${name}`}
        icon={Pencil}
        testId={`rule-edit-${testId}`}
        onClick={() => startEditing({ ...rule, was: value, to, from })}
      />
      <IconButton
        label={`Remove ${name}`}
        icon={Trash2}
        testId={isFault ? `fault-remove-${name}` : `policy-remove-${testId}`}
        onClick={() => void sendEdit({ kind: 'remove-policy', place: [...place], was: value })}
      />
    </li>
  );
}

/** By which it is told from the others of its list. */
export function nameOf({ name, kind, place, within }: Rule): string {
  const last = place.at(-1);
  const own = name ?? (typeof last === 'number' ? `${kind} ${last + 1}` : String(last));
  return within === undefined ? own : `${own} ${within}`;
}
