import { useEffect, useState } from 'react';
import { Field } from '../../ui/Field.tsx';
import { sayAny } from '../say.ts';
import styles from './Fields.module.css';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';
import { numberIn } from './typed.ts';

/** What is typed and is no number is told by the document's own check. */
export function NumberField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  const { placeholder, unit } = form.hint(keys);
  const value = form.value(keys);
  const shown = value === undefined ? '' : sayAny(value);
  const [text, setText] = useState(shown);
  useEffect(
    () => setText((before) => (numberIn(before) === value ? before : shown)),
    [value, shown],
  );
  const usual = spec.usual === undefined ? undefined : sayAny(spec.usual);
  return (
    <Field label={label} hint={spec.description} error={form.error(keys)}>
      <span className={styles.measured}>
        <input
          className="num"
          data-testid={form.testId(keys)}
          inputMode="decimal"
          value={text}
          placeholder={placeholder ?? usual}
          spellCheck={false}
          onChange={({ target }) => {
            setText(target.value);
            form.change(keys, numberIn(target.value));
          }}
        />
        {unit !== undefined && <span>{unit}</span>}
      </span>
    </Field>
  );
}
