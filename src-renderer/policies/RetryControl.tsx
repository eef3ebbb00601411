/** Further tries of calls to a service: shown, and changed in place. */
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { RetryOn } from '../../src-main/api/contract/index.ts';
import { sendEdit } from '../engine/edits.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { NumberInput } from '../ui/NumberInput.tsx';
import {
  CONDITIONS,
  describeRetry,
  MOST_ATTEMPTS,
  retryDraft,
  retryErrors,
  toRetry,
} from './retry-draft.ts';
import type { Retry, RetryDraft } from './retry-draft.ts';
import styles from './RetryControl.module.css';

interface RetryControlProps {
  readonly service: string;
  readonly retry: Retry | undefined;
}

export function RetryControl({ service, retry }: RetryControlProps) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <div className={styles.row}>
        <span>Retries</span>
        <span>{describeRetry(retry)}</span>
        {!open && (
          <IconButton label="Change the retries" icon={Pencil} onClick={() => setOpen(true)} />
        )}
      </div>
      {open && <RetryForm service={service} retry={retry} onDone={() => setOpen(false)} />}
    </div>
  );
}

function RetryForm({ service, retry, onDone }: RetryControlProps & { onDone(): void }) {
  const [draft, setDraft] = useState<RetryDraft>(() => retryDraft(retry));
  const errors = retryErrors(draft);
  const wrong = Object.keys(errors).length > 0;
  const send = async (next: Retry | null): Promise<void> => {
    if (await sendEdit({ kind: 'set-retry', service, retry: next })) onDone();
  };
  const toggle = (condition: RetryOn): void => {
    const on = draft.on.includes(condition)
      ? draft.on.filter((one) => one !== condition)
      : [...draft.on, condition];
    setDraft({ ...draft, on });
  };
  return (
    <form
      className={styles.form}
      aria-label={`Retries of calls to ${service}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void send(toRetry(draft));
      }}
    >
      <Field label="More tries" hint="After the first one.">
        <NumberInput
          label="More tries"
          value={draft.attempts}
          max={MOST_ATTEMPTS}
          onChange={(attempts) => setDraft({ ...draft, attempts })}
        />
      </Field>
      <Field
        label="Time for each"
        hint="A try that takes longer has failed. Empty: only the timeout of all of them together."
        error={errors.perTryTimeout}
      >
        <input
          value={draft.perTryTimeout}
          placeholder="none"
          onChange={({ target }) => setDraft({ ...draft, perTryTimeout: target.value })}
        />
      </Field>
      <fieldset className={styles.conditions}>
        <legend>Try again when</legend>
        {(Object.keys(CONDITIONS) as RetryOn[]).map((condition) => (
          <label key={condition}>
            <input
              type="checkbox"
              checked={draft.on.includes(condition)}
              onChange={() => toggle(condition)}
            />
            <span>
              {CONDITIONS[condition]} <code className="mono">{condition}</code>
            </span>
          </label>
        ))}
        {errors.on !== undefined && <p role="alert">{errors.on}</p>}
      </fieldset>
      <div className={styles.buttons}>
        {retry && <Button onClick={() => void send(null)}>No retries</Button>}
        <Button onClick={onDone}>Cancel</Button>
        <Button submit kind="primary" disabled={wrong}>
          Save
        </Button>
      </div>
    </form>
  );
}
