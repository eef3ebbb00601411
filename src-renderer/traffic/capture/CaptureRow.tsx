/** A capture of the document: what it takes, how far it has come; switched, changed, begun anew, removed. */
import { Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { sendEdit } from '../../engine/edits.ts';
import { useEngine } from '../../engine/store.ts';
import { sayRule } from '../../policies/describe.ts';
import { valueAt } from '../../policies/draft.ts';
import { startEditing } from '../../policies/editing.ts';
import type { Rule } from '../../policies/rules.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { sayProgress } from './begin.ts';
import styles from './Capture.module.css';

interface CaptureRowProps {
  readonly rule: Rule;
  /** Called when the row leads to somewhere else. */
  onLeave?(): void;
}

export function CaptureRow({ rule, onLeave }: CaptureRowProps) {
  const { name = '', place, value, enabled } = rule;
  const progress = useEngine(({ captures }) => captures.find((one) => one.name === name));
  const [to, from, requests] = ['to', 'from', 'requests'].map((key) => valueAt(value, [key]));
  const switchTo = (on: boolean): Promise<boolean> =>
    sendEdit({ kind: 'switch-policy', place: [...place], enabled: on });
  /** Switched off and on it counts anew. */
  const again = async (): Promise<void> => {
    if (await switchTo(false)) await switchTo(true);
  };
  return (
    <li
      className={styles.row}
      data-spent={progress?.isSpent || undefined}
      data-testid={`capture-${name}`}
    >
      <Switch
        label={`Capture ${name}`}
        testId={`capture-switch-${name}`}
        checked={enabled}
        onChange={(on) => void switchTo(on)}
      />
      <div className={styles.text}>
        <b>{name}</b>
        <span>{sayRule(rule)}</span>
        <span className="num" data-lost={(progress?.lost ?? 0) > 0 || undefined}>
          {sayProgress(requests === undefined ? undefined : Number(requests), progress)}
        </span>
      </div>
      {progress?.isSpent && (
        <IconButton
          label={`Begin ${name} anew`}
          icon={RotateCcw}
          testId={`capture-again-${name}`}
          onClick={() => void again()}
        />
      )}
      <IconButton
        label={`Change ${name}`}
        icon={Pencil}
        onClick={() => {
          const caller = from === undefined ? undefined : String(from);
          startEditing({ ...rule, was: value, to: String(to ?? ''), from: caller });
          onLeave?.();
        }}
      />
      <IconButton
        label={`Remove ${name}`}
        icon={Trash2}
        testId={`capture-remove-${name}`}
        onClick={() => void sendEdit({ kind: 'remove-policy', place: [...place], was: value })}
      />
    </li>
  );
}
