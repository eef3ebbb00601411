/** A problem before it has a line and a column. */
import type { ProblemCode } from '../errors.ts';
import type { Problem } from '../problem.ts';
import { keySpanOf, spanOf } from './tree.ts';
import type { Path, Span, Tree } from './tree.ts';

export interface Finding {
  readonly code: ProblemCode;
  readonly severity?: 'warning';
  readonly message: string;
  readonly advice?: string | undefined;
  readonly path: Path;
  /** What of the path to point at; default the value. */
  readonly at?: 'key' | 'value';
}

/** Nobody mends more at once, and to place each one takes time. */
export const MOST_PROBLEMS = 100;

export function toProblem(finding: Finding, tree: Tree, file: string): Problem {
  const { path, at } = finding;
  const span = at === 'key' ? keySpanOf(tree, path) : spanOf(tree, path);
  return { ...problemAt(finding, span, tree, file), path: [...path] };
}

export function problemAt(
  { code, severity, message, advice }: Omit<Finding, 'path' | 'at'>,
  span: Span,
  tree: Tree,
  file: string,
): Problem {
  const start = tree.lines.linePos(span.from);
  const end = tree.lines.linePos(span.to);
  return {
    code,
    severity: severity ?? 'error',
    message,
    ...(advice !== undefined && { advice }),
    file,
    line: Math.max(1, start.line),
    column: Math.max(1, start.col),
    endLine: Math.max(1, end.line),
    endColumn: Math.max(1, end.col),
  };
}
