import { useEffect, useState } from 'react';
import styles from './Controls.module.css';

interface NumberInputProps {
  readonly label: string;
  readonly testId?: string;
  readonly value: number;
  readonly max: number;
  readonly step?: 'any' | number;
  /** With numbers from 0 to `max` alone. */
  onChange(value: number): void;
}

/** A field for a number: while it is empty or half typed, it says nothing. */
export function NumberInput({ label, testId, value, max, step = 1, onChange }: NumberInputProps) {
  const [text, setText] = useState(String(value));
  useEffect(() => {
    setText((before) => (before !== '' && Number(before) === value ? before : String(value)));
  }, [value]);
  const change = (next: string): void => {
    setText(next);
    if (next === '' || !Number.isFinite(Number(next))) return;
    const wanted = Math.min(max, Math.max(0, Number(next)));
    onChange(step === 'any' ? wanted : Math.round(wanted));
  };
  return (
    <input
      className={`${styles.number} num`}
      type="number"
      min={0}
      max={max}
      step={step}
      aria-label={label}
      data-testid={testId}
      value={text}
      onChange={({ target }) => change(target.value)}
      onBlur={() => setText(String(value))}
    />
  );
}
