import { Field } from '../ui/Field.tsx';
import type { DraftFieldsProps } from './draft-fields.ts';
import { PercentageField } from './PercentageField.tsx';

export function DelayFields({ draft, errors, change }: DraftFieldsProps) {
  return (
    <>
      <Field
        label="Delay"
        hint="Held back this long before the call goes to the service."
        error={errors.duration}
      >
        <input
          data-testid="fault-duration"
          value={draft.duration}
          spellCheck={false}
          autoFocus
          onChange={({ target }) => change({ duration: target.value })}
        />
      </Field>
      <PercentageField
        label="Share of the calls that wait"
        testId="fault-percentage"
        value={draft.delayPercentage}
        onChange={(delayPercentage) => change({ delayPercentage })}
      />
    </>
  );
}
