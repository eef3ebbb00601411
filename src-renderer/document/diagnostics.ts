/** The engine's own checks in the text, while it is written. */
import { linter, lintGutter } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import type { Extension, Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Problem } from '../../src-main/api/contract/index.ts';
import { engineStore } from '../engine/store.ts';
import { ask } from '../engine/session.ts';
import { documentStore } from './document-store.ts';
import { isOwn } from './own-problems.ts';

/** From the last key to the check, in milliseconds. */
const DELAY = 250;

export const engineChecks: Extension = [linter(check, { delay: DELAY }), lintGutter()];

async function check(view: EditorView): Promise<Diagnostic[]> {
  const { doc } = view.state;
  try {
    const { problems } = await ask('checkText', { text: doc.toString() });
    documentStore.setState({ problems, unchecked: false });
    // What stands in other files is listed below the text.
    const { path = '' } = engineStore.getState().state?.document ?? {};
    return problems
      .filter((problem) => isOwn(problem, path))
      .map((problem) => toDiagnostic(doc, problem));
  } catch {
    // Without the engine nothing is known of the text: the pane says so, and the next key asks again.
    documentStore.setState({ problems: [], unchecked: true });
    return [];
  }
}

function toDiagnostic(doc: Text, problem: Problem): Diagnostic {
  const { severity, code, message, advice } = problem;
  const from = offsetOf(doc, problem.line, problem.column);
  const to = offsetOf(doc, problem.endLine ?? problem.line, problem.endColumn ?? problem.column);
  return {
    from,
    // A whole block underlined says less than its first line.
    to: Math.min(Math.max(to, from), doc.lineAt(from).to),
    severity,
    source: code,
    message: advice === undefined ? message : `${message} — ${advice}`,
  };
}

/** Of a line and a column that count from 1, as near as the text has it. */
export function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(from + Math.max(0, column - 1), to);
}
