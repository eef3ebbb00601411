/** Adds or changes a delay or an abort on an edge. */
import { useState } from 'react';
import { sendEdit } from '../engine/edits.ts';
import { useEngine } from '../engine/store.ts';
import { edgeId } from '../topology/model/graph.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Slider } from '../ui/Slider.tsx';
import { draftErrors, previewOf, toFault } from './fault-draft.ts';
import type { FaultDraft } from './fault-draft.ts';
import styles from './FaultForm.module.css';

interface FaultFormProps {
  readonly from: string;
  readonly to: string;
  readonly initial: FaultDraft;
  onDone(): void;
}

export function FaultForm({ from, to, initial, onDone }: FaultFormProps) {
  const [draft, setDraft] = useState(initial);
  const rate = useEngine(({ edges }) => edges[edgeId(from, to)]?.rate ?? 0);
  const faults = useEngine(({ document }) => document.mesh.faults);
  const errors = draftErrors(draft);
  const change = (part: Partial<FaultDraft>): void => setDraft({ ...draft, ...part });
  const save = async (): Promise<void> => {
    const fault = toFault(
      draft,
      from,
      to,
      faults.map(({ name }) => name),
    );
    if (await sendEdit({ kind: 'put-fault', fault })) onDone();
  };
  return (
    <form
      className={styles.form}
      aria-label={draft.kind === 'delay' ? 'Delay' : 'Abort'}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {draft.kind === 'delay' ? (
        <Field
          label="Delay"
          hint="Held back this long before the call goes to the service."
          error={errors.duration}
        >
          <input
            data-testid="fault-duration"
            value={draft.duration}
            autoFocus
            onChange={({ target }) => change({ duration: target.value })}
          />
        </Field>
      ) : (
        <Field
          label="Status"
          hint="Answered with this; the call does not reach the service."
          error={errors.status}
        >
          <input
            data-testid="fault-status"
            inputMode="numeric"
            value={draft.status}
            autoFocus
            onChange={({ target }) => change({ status: target.value })}
          />
        </Field>
      )}
      <PercentageField value={draft.percentage} onChange={(percentage) => change({ percentage })} />
      <Field
        label="Only for the path"
        hint="A prefix such as /charge; empty: every path."
        error={errors.path}
      >
        <input
          value={draft.path}
          placeholder="/"
          onChange={({ target }) => change({ path: target.value })}
        />
      </Field>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.everyCaller}
          onChange={({ target }) => change({ everyCaller: target.checked })}
        />
        {`Every caller of ${to}, not only ${from}`}
      </label>
      <p className={styles.preview}>{previewOf(draft, from, to, rate)}</p>
      <div className={styles.buttons}>
        <Button onClick={onDone}>Cancel</Button>
        <Button submit kind="primary" testId="fault-save" disabled={Object.keys(errors).length > 0}>
          {draft.base ? 'Change' : 'Inject'}
        </Button>
      </div>
    </form>
  );
}

function PercentageField({ value, onChange }: { value: number; onChange(value: number): void }) {
  return (
    <div className={styles.percentage}>
      <span className={styles.percentageLabel}>Share of the calls</span>
      <div className={styles.percentageRow}>
        <Slider
          label="Share of the calls in per cent"
          value={value}
          max={100}
          onChange={onChange}
        />
        <input
          className="num"
          type="number"
          min={0}
          max={100}
          step="any"
          data-testid="fault-percentage"
          aria-label="Share of the calls in per cent, as a number"
          value={value}
          onChange={({ target }) => onChange(Math.min(100, Math.max(0, Number(target.value))))}
        />
        <span>%</span>
      </div>
    </div>
  );
}
