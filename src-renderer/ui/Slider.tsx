import { Slider as Radix } from 'radix-ui';
import styles from './Controls.module.css';

interface SliderProps {
  readonly label: string;
  readonly testId?: string;
  readonly value: number;
  readonly max: number;
  readonly disabled?: boolean;
  /** While it moves. */
  onChange(value: number): void;
  /** When it is let go. */
  onCommit?(value: number): void;
}

export function Slider({
  label,
  testId,
  value,
  max,
  disabled = false,
  onChange,
  onCommit,
}: SliderProps) {
  return (
    <Radix.Root
      className={styles.slider}
      value={[value]}
      min={0}
      max={max}
      step={1}
      disabled={disabled}
      onValueChange={([next = 0]) => onChange(next)}
      onValueCommit={([next = 0]) => onCommit?.(next)}
    >
      <Radix.Track className={styles.track}>
        <Radix.Range className={styles.range} />
      </Radix.Track>
      <Radix.Thumb className={styles.thumb} aria-label={label} data-testid={testId} />
    </Radix.Root>
  );
}
