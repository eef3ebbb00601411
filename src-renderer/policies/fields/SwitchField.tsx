import styles from './Fields.module.css';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';

export function SwitchField({ keys, spec, label }: FieldProps) {
  const form = useForm();
  const usual = spec.usual === true;
  const value = form.value(keys) ?? usual;
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        data-testid={form.testId(keys)}
        checked={value === true}
        onChange={({ target }) =>
          form.change(keys, target.checked === usual ? undefined : target.checked)
        }
      />
      <span>
        {label}
        {spec.description !== undefined && <small>{spec.description}</small>}
      </span>
    </label>
  );
}
