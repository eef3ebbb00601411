import { Switch as Radix } from 'radix-ui';
import styles from './Controls.module.css';

interface SwitchProps {
  readonly label: string;
  readonly testId?: string;
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

export function Switch({ label, testId, checked, onChange }: SwitchProps) {
  return (
    <Radix.Root
      className={styles.switch}
      checked={checked}
      aria-label={label}
      data-testid={testId}
      onCheckedChange={onChange}
    >
      <Radix.Thumb className={styles.switchThumb} />
    </Radix.Root>
  );
}
