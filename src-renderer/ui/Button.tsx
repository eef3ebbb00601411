/** A button with words. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly icon?: LucideIcon;
  readonly kind?: 'plain' | 'primary' | 'danger';
  readonly testId?: string;
  readonly disabled?: boolean;
  readonly submit?: boolean;
  onClick?(): void;
}

export function Button({
  children,
  icon: Icon,
  kind = 'plain',
  testId,
  disabled,
  submit,
  onClick,
}: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={styles.button}
      data-kind={kind}
      data-testid={testId}
      disabled={disabled}
      onClick={onClick}
    >
      {Icon && <Icon size={14} aria-hidden />}
      {children}
    </button>
  );
}
