/** A problem for a terminal: place, message, the line itself with a mark below. */
import type { Problem } from '../problem.ts';

/** `text`: the document's, for the line; without it the place and the message alone. */
export function formatProblem(problem: Problem, text?: string): string {
  const { file, line, column, severity, message, advice, code } = problem;
  const head = `${file}:${line}:${column}: ${severity}: ${message} [${code}]`;
  const hint = advice === undefined ? [] : [`  ${advice}`];
  const source = text?.split('\n')[line - 1];
  if (source === undefined || source.trim() === '') return [head, ...hint].join('\n');
  const number = String(line);
  const until = problem.endLine === line ? (problem.endColumn ?? column + 1) : source.length + 1;
  const mark = '^'.repeat(Math.max(1, Math.min(until, source.length + 1) - column));
  const gutter = ' '.repeat(number.length);
  // Tabs above become tabs below, so that the mark stands where it should.
  const indent = source.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [head, ` ${number} | ${source}`, ` ${gutter} | ${indent}${mark}`, ...hint].join('\n');
}
