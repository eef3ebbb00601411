import { NumberInput } from '../../ui/NumberInput.tsx';
import { Slider } from '../../ui/Slider.tsx';
import styles from './Fields.module.css';
import { useForm } from './form-context.ts';
import type { FieldProps } from './SchemaField.tsx';

/** A share by slider, in whole per cent, or by number, as fine as one likes. */
export function PercentField({ keys, spec, label, required }: FieldProps) {
  const form = useForm();
  const usual = typeof spec.usual === 'number' ? spec.usual : 0;
  const given = form.value(keys);
  const value = typeof given === 'number' ? given : usual;
  const error = form.error(keys);
  // What is usual is not written, unless it stands there already.
  const change = (next: number): void =>
    form.change(keys, next === spec.usual && !required && given === undefined ? undefined : next);
  return (
    <div className={styles.percent} role="group" aria-label={label}>
      <span className={styles.label}>{label}</span>
      <div className={styles.percentRow}>
        <Slider label={`${label} in per cent`} value={value} max={100} onChange={change} />
        <NumberInput
          label={`${label} in per cent, as a number`}
          testId={form.testId(keys)}
          value={value}
          max={100}
          step="any"
          onChange={change}
        />
        <span>%</span>
      </div>
      {error !== undefined && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
