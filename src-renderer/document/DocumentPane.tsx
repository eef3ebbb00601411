/** The document itself, beside the graph. */
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Problem } from '../../src-main/api/contract/index.ts';
import { useEngine } from '../engine/store.ts';
import { Button } from '../ui/Button.tsx';
import styles from './DocumentPane.module.css';
import { documentStore } from './document-store.ts';
import { editorSession } from './editor-session.ts';
import { isOwn } from './own-problems.ts';

export function DocumentPane() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { view } = editorSession();
    place.current?.append(view.dom);
    view.requestMeasure();
    return () => view.dom.remove();
  }, []);
  return (
    <section className={styles.pane} aria-label="Document" data-testid="document">
      <Head />
      <Notice />
      <div ref={place} className={styles.editor} data-testid="document-editor" />
      <Problems />
    </section>
  );
}

function Head() {
  const path = useEngine(({ document }) => document.path);
  const { dirty, conflict, comparing, applying, refused } = useStore(documentStore);
  const session = editorSession();
  const state = applying
    ? 'Being applied…'
    : refused === 'shown'
      ? 'As it was saved, not applied'
      : dirty
        ? 'Changed here, not applied'
        : `As it runs${refused ? '' : ' · saved'}`;
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h2 title={path}>{path.split(/[\\/]/).at(-1)}</h2>
        <p className={styles.state} data-dirty={dirty || undefined} data-testid="document-state">
          {state}
        </p>
      </div>
      {dirty && !conflict && (
        <Button onClick={() => (comparing ? session.endComparison() : session.compare())}>
          {comparing ? 'Hide differences' : 'Differences'}
        </Button>
      )}
      <Button disabled={!dirty || applying} onClick={() => session.revert()}>
        Revert
      </Button>
      <Button
        kind="primary"
        testId="document-apply"
        disabled={!dirty || applying || conflict}
        onClick={() => void session.apply()}
      >
        Apply
      </Button>
    </header>
  );
}

function Notice() {
  const { conflict, refused } = useStore(documentStore);
  if (conflict) return <Conflict />;
  return refused ? <RefusedFile refused={refused} /> : <div />;
}

/** The saved file has errors; what ran before goes on. */
function RefusedFile({ refused }: { refused: 'shown' | 'aside' }) {
  const session = editorSession();
  return (
    <div className={styles.conflict} role="alert" data-testid="document-refused">
      {refused === 'shown' ? (
        <p>This is the saved file. It has errors and is not applied: mend it here, or there.</p>
      ) : (
        <p>The saved file has errors and is not applied. Here you see another text.</p>
      )}
      {refused === 'aside' && (
        <Button testId="document-show-refused" onClick={() => session.showRefused()}>
          Show the file’s text
        </Button>
      )}
      <Button testId="document-restore" onClick={() => void session.restoreFile()}>
        Back to what runs
      </Button>
    </div>
  );
}

/** Two have changed the same lines. */
function Conflict() {
  const { comparing } = useStore(documentStore);
  const session = editorSession();
  return (
    <div className={styles.conflict} role="alert" data-testid="document-conflict">
      <p>
        The document was changed elsewhere, in lines that you have changed here. Which text is to be
        kept?
      </p>
      <Button onClick={() => (comparing ? session.endComparison() : session.compare())}>
        {comparing ? 'Hide differences' : 'Show differences'}
      </Button>
      <Button onClick={() => session.revert()}>Take theirs</Button>
      <Button kind="primary" onClick={() => session.keepMine()}>
        Keep mine
      </Button>
    </div>
  );
}

function Problems() {
  const problems = useStore(documentStore, (state) => state.problems);
  const unchecked = useStore(documentStore, (state) => state.unchecked);
  if (unchecked) {
    return <p className={styles.none}>The engine is not reachable: the text is not checked.</p>;
  }
  if (problems.length === 0) {
    return (
      <p className={styles.none}>
        <CircleCheck size={14} aria-hidden /> No errors, no warnings
      </p>
    );
  }
  return (
    <ul className={styles.problems} aria-label="Problems" data-testid="document-problems">
      {problems.map((problem) => (
        <ProblemLine
          key={`${problem.file}:${problem.line}:${problem.column}:${problem.message}`}
          problem={problem}
        />
      ))}
    </ul>
  );
}

function ProblemLine({ problem }: { problem: Problem }) {
  const { severity, file, line, column, message, advice } = problem;
  const path = useEngine(({ document }) => document.path);
  const own = isOwn(problem, path);
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  return (
    <li>
      <button
        type="button"
        data-severity={severity}
        disabled={!own}
        onClick={() => editorSession().goTo({ line, column })}
      >
        <Icon size={14} aria-label={severity} />
        <span className={`${styles.place} num`}>
          {own ? `${line}:${column}` : `${file}:${line}:${column}`}
        </span>
        <span>
          {message}
          {advice !== undefined && <span className={styles.advice}> — {advice}</span>}
        </span>
      </button>
    </li>
  );
}
