import { Field } from '../../ui/Field.tsx';
import { sayAny } from '../say.ts';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';

/** One of a few: of what the schema takes, or of the names that the mesh has. */
export function ChoiceField({ keys, spec, label, required }: FieldProps) {
  const form = useForm();
  const { from, placeholder, words = {} } = form.hint(keys);
  const value = form.value(keys);
  const offered = spec.kind === 'choice' ? spec.options : from ? form.choices[from] : [];
  const known = value === undefined || offered.some((one) => one === value);
  const options = known ? offered : [...offered, sayAny(value)];
  const { usual } = spec;
  const unsaid = usual === undefined ? (placeholder ?? 'any') : `${say(usual, words)} (usual)`;
  return (
    <Field label={label} hint={spec.description} error={form.error(keys)}>
      <select
        data-testid={form.testId(keys)}
        value={value === undefined ? '' : sayAny(value)}
        onChange={({ target }) =>
          form.change(
            keys,
            target.value === '' ? undefined : options.find((one) => String(one) === target.value),
          )
        }
      >
        {(!required || value === undefined) && <option value="">{unsaid}</option>}
        {options.map((one) => (
          <option key={one} value={one}>
            {say(one, words)}
          </option>
        ))}
      </select>
    </Field>
  );
}

function say(value: unknown, words: Readonly<Record<string, string>>): string {
  return words[String(value)] ?? String(value);
}
