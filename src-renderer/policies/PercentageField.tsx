import { NumberInput } from '../ui/NumberInput.tsx';
import { Slider } from '../ui/Slider.tsx';
import styles from './FaultForm.module.css';

interface PercentageFieldProps {
  readonly label: string;
  /** Of the field for the number. */
  readonly testId: string;
  readonly value: number;
  onChange(value: number): void;
}

/** A share by slider, in whole per cent, or by number, as fine as one likes. */
export function PercentageField({ label, testId, value, onChange }: PercentageFieldProps) {
  return (
    <div>
      <span className={styles.percentageLabel}>{label}</span>
      <div className={styles.percentageRow}>
        <Slider label={`${label} in per cent`} value={value} max={100} onChange={onChange} />
        <NumberInput
          label={`${label} in per cent, as a number`}
          testId={testId}
          value={value}
          max={100}
          step="any"
          onChange={onChange}
        />
        <span>%</span>
      </div>
    </div>
  );
}
