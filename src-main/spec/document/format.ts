/** A problem for a terminal: place, message, the line itself with a mark below. */
import type { Problem } from '../problem.ts';

/** Of a longer line, the part around the mark is shown. */
const WIDEST = 120;

/** `text`: of the file that the problem names; without it the place and the message alone. */
export function formatProblem(problem: Problem, text?: string): string {
  const { file, line, column, severity, message, advice, code } = problem;
  const head = visible(`${file}:${line}:${column}: ${severity}: ${message} [${code}]`);
  const hint = advice === undefined ? [] : [visible(`  ${advice}`)];
  const source = text?.split('\n')[line - 1]?.trimEnd();
  if (source === undefined || source === '') return [head, ...hint].join('\n');
  return [head, ...marked(problem, source), ...hint].join('\n');
}

function marked({ line, column, endLine, endColumn }: Problem, source: string): string[] {
  const skipped = source.length <= WIDEST ? 0 : Math.max(0, column - 1 - WIDEST / 2);
  const shown = source.slice(skipped, skipped + WIDEST);
  const from = column - 1 - skipped;
  const until = endLine === line && endColumn !== undefined ? endColumn - 1 : source.length;
  const width = Math.max(1, Math.min(until - skipped, shown.length) - from);
  const number = String(line);
  // Tabs above become tabs below, so that the mark stands where it should.
  const indent = shown.slice(0, from).replace(/[^\t]/g, ' ').padEnd(from);
  return [
    ` ${number} | ${visible(shown)}`,
    ` ${' '.repeat(number.length)} | ${indent}${'^'.repeat(width)}`,
  ];
}

/** A document may come from anybody: what would steer the terminal is shown instead. */
function visible(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, '\u{FFFD}');
}
