/** What is wrong with the saved document, while the last good one goes on running. */
import { TriangleAlert } from 'lucide-react';
import { useEngine } from '../engine/store.ts';
import styles from './ProblemBanner.module.css';

const MOST_SHOWN = 3;

export function ProblemBanner() {
  const problems = useEngine(({ document }) => document.problems);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return null;
  return (
    <div className={styles.banner} role="alert" data-testid="problem-banner">
      <TriangleAlert size={18} aria-hidden />
      <div>
        <b>The saved document is not applied. What was running goes on.</b>
        <ul>
          {errors.slice(0, MOST_SHOWN).map(({ file, line, column, message, advice }) => (
            <li key={`${line}:${column}:${message}`}>
              <code className="mono">{`${file.split(/[\\/]/).at(-1)}:${line}:${column}`}</code>{' '}
              {message}
              {advice !== undefined && <span className={styles.advice}> — {advice}</span>}
            </li>
          ))}
        </ul>
        {errors.length > MOST_SHOWN && <p>{`and ${errors.length - MOST_SHOWN} more`}</p>}
      </div>
    </div>
  );
}
