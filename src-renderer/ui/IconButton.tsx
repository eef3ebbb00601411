/** A button that is an icon; its label is read out and shown on hover. */
import type { LucideIcon } from 'lucide-react';
import styles from './Button.module.css';

interface IconButtonProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly testId?: string;
  readonly disabled?: boolean;
  onClick(): void;
}

export function IconButton({ label, icon: Icon, testId, disabled, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className={styles.icon}
      title={label}
      aria-label={label}
      data-testid={testId}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon size={16} aria-hidden />
    </button>
  );
}
