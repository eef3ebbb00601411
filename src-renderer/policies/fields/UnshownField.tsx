import { Field } from '../../ui/Field.tsx';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';
import styles from './Fields.module.css';

/** Said plainly, where there is something that a form cannot show. */
export function UnshownField({ keys, label }: FieldProps) {
  if (useForm().value(keys) === undefined) return null;
  return (
    <Field label={label}>
      <span className={styles.unshown}>Set in the file, and kept as it is there.</span>
    </Field>
  );
}
