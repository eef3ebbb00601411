import { Field } from '../ui/Field.tsx';
import type { DraftFieldsProps } from './draft-fields.ts';
import { PercentageField } from './PercentageField.tsx';

/** Statuses that services really give when they break. */
const USUAL = ['500', '502', '503', '504', '429', '404'];

export function AbortFields({ draft, errors, change }: DraftFieldsProps) {
  const both = draft.kinds.length > 1;
  return (
    <>
      <Field
        label="Status"
        hint="Answered with this; the call does not reach the service."
        error={errors.status}
      >
        <input
          data-testid="fault-status"
          inputMode="numeric"
          list="usual-statuses"
          value={draft.status}
          autoFocus={!both}
          onChange={({ target }) => change({ status: target.value })}
        />
      </Field>
      <datalist id="usual-statuses">
        {USUAL.map((status) => (
          <option key={status} value={status} />
        ))}
      </datalist>
      <PercentageField
        label="Share of the calls that fail"
        testId={both ? 'fault-abort-percentage' : 'fault-percentage'}
        value={draft.abortPercentage}
        onChange={(abortPercentage) => change({ abortPercentage })}
      />
    </>
  );
}
