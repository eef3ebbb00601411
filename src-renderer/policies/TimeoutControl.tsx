/** The timeout of calls to a service, changed in place. */
import { useEffect, useState } from 'react';
import { formatDuration, parseDuration } from '../../src-main/api/contract/index.ts';
import { sendEdit } from '../engine/edits.ts';
import styles from './TimeoutControl.module.css';

interface TimeoutControlProps {
  readonly service: string;
  /** Milliseconds. */
  readonly timeout: number | undefined;
}

export function TimeoutControl({ service, timeout }: TimeoutControlProps) {
  const shown = timeout === undefined ? '' : formatDuration(timeout);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const wanted = text.trim() === '' ? null : parseDuration(text.trim());
  const wrong = wanted === undefined;
  const commit = (): void => {
    if (wanted === undefined || text.trim() === shown) return;
    void sendEdit({ kind: 'set-timeout', service, timeout: wanted });
  };
  return (
    <label className={styles.row}>
      <span>Timeout</span>
      <input
        value={text}
        placeholder="none"
        aria-invalid={wrong}
        title="A number with its unit: 300ms, 2s; empty: none"
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') currentTarget.blur();
        }}
      />
    </label>
  );
}
