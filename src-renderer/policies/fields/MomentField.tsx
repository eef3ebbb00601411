import { Field } from '../../ui/Field.tsx';
import { sayAny } from '../say.ts';
import { useForm } from './form-context.ts';
import { isoOf, localOf } from './moments.ts';
import type { FieldProps } from './SchemaField.tsx';

/** A time on the wall: chosen in this machine's zone, written with it. */
export function MomentField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  const value = form.value(keys);
  return (
    <Field label={label} hint={spec.description} error={form.error(keys)}>
      <input
        type="datetime-local"
        data-testid={form.testId(keys)}
        value={value === undefined ? '' : localOf(sayAny(value))}
        onChange={({ target }) => form.change(keys, isoOf(target.value))}
      />
    </Field>
  );
}
