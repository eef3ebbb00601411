import { Field } from '../../ui/Field.tsx';
import { sayAny } from '../say.ts';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';

/** A text, or a time with its unit. */
export function TextField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  const { placeholder, long } = form.hint(keys);
  const value = form.value(keys);
  const shared = {
    'data-testid': form.testId(keys),
    value: value === undefined ? '' : sayAny(value),
    placeholder: placeholder ?? (spec.usual === undefined ? undefined : sayAny(spec.usual)),
    spellCheck: false,
    onChange: ({ target }: { target: { value: string } }) =>
      form.change(keys, target.value === '' ? undefined : target.value),
  };
  return (
    <Field label={label} hint={spec.description} error={form.error(keys)}>
      {long ? <textarea rows={3} {...shared} /> : <input {...shared} />}
    </Field>
  );
}
