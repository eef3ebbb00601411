/**
 * What is wrong with the saved document, while the last good one goes on running; and what is strange
 * about the one that runs.
 */
import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../src-main/api/contract/index.ts';
import { useEngine } from '../engine/store.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './ProblemBanner.module.css';
import { showScreen, useUi } from './ui-store.ts';

const MOST_SHOWN = 3;

export function ProblemBanner() {
  const problems = useEngine(({ document }) => document.problems);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return <Errors errors={errors} />;
  return problems.length > 0 ? <Warnings warnings={problems} /> : null;
}

function Errors({ errors }: { errors: readonly Problem[] }) {
  const screen = useUi((ui) => ui.screen);
  return (
    <div className={styles.banner} role="alert" data-testid="problem-banner">
      <TriangleAlert size={18} aria-hidden />
      <div>
        <b>The saved document is not applied. What was running goes on.</b>
        <ul>
          {errors.slice(0, MOST_SHOWN).map((problem) => (
            <Line key={keyOf(problem)} problem={problem} />
          ))}
        </ul>
        {errors.length > MOST_SHOWN && <p>{`and ${errors.length - MOST_SHOWN} more`}</p>}
      </div>
      {screen !== 'document' && (
        <button
          type="button"
          className={styles.more}
          data-testid="problem-open"
          onClick={() => showScreen('document')}
        >
          In the document
        </button>
      )}
    </div>
  );
}

/** They can be put aside, until there are others. The editor shows them itself. */
function Warnings({ warnings }: { warnings: readonly Problem[] }) {
  const key = warnings.map(keyOf).join();
  const [seen, setSeen] = useState<string>();
  const screen = useUi((ui) => ui.screen);
  const [first] = warnings;
  if (!first || seen === key || screen === 'document') return null;
  return (
    <div className={styles.banner} role="status" data-kind="warning" data-testid="warning-banner">
      <TriangleAlert size={16} aria-hidden />
      <ul>
        <Line problem={first} />
      </ul>
      <button type="button" className={styles.more} onClick={() => showScreen('document')}>
        {warnings.length === 1 ? 'In the document' : `All ${warnings.length} warnings`}
      </button>
      <IconButton label="Put the warnings aside" icon={X} onClick={() => setSeen(key)} />
    </div>
  );
}

function Line({ problem: { file, line, column, message, advice } }: { problem: Problem }) {
  return (
    <li>
      <code className="mono">{`${file.split(/[\\/]/).at(-1)}:${line}:${column}`}</code> {message}
      {advice !== undefined && <span className={styles.advice}> — {advice}</span>}
    </li>
  );
}

function keyOf({ line, column, message }: Problem): string {
  return `${line}:${column}:${message}`;
}
