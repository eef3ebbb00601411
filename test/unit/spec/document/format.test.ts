import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../../../src-main/spec/document/format.ts';
import type { Problem } from '../../../../src-main/spec/problem.ts';

const PROBLEM: Problem = {
  code: 'unknown-key',
  severity: 'error',
  message: 'unknown key "replica" in services.cart',
  advice: 'did you mean "replicas"?',
  file: 'faultline.yaml',
  line: 2,
  column: 5,
  endLine: 2,
  endColumn: 12,
};

describe('a problem in a terminal', () => {
  it('shows its place, its line and a mark below', () => {
    expect(formatProblem(PROBLEM, '  cart:\n    replica: 2\n')).toBe(
      [
        'faultline.yaml:2:5: error: unknown key "replica" in services.cart [unknown-key]',
        ' 2 |     replica: 2',
        '   |     ^^^^^^^',
        '  did you mean "replicas"?',
      ].join('\n'),
    );
  });

  it('does without the line where there is none', () => {
    const { advice: _advice, ...rest } = PROBLEM;
    expect(formatProblem(rest)).not.toContain('\n');
    expect(formatProblem(rest, '')).not.toContain('\n');
  });

  it('keeps the mark below what it marks, behind a tab and in a long line', () => {
    expect(formatProblem(PROBLEM, '\n\t\t  replica: 2').split('\n')[2]).toBe('   | \t\t  ^^^^^^^');
    const long = { ...PROBLEM, column: 1001, endColumn: 1008 };
    const [, shown, mark] = formatProblem(
      long,
      `\n${'x'.repeat(1000)}replica${'y'.repeat(1000)}`,
    ).split('\n');
    expect(shown!.length).toBeLessThan(130);
    expect(shown!.slice(mark!.indexOf('^'), mark!.lastIndexOf('^') + 1)).toBe('replica');
  });

  it('marks to the end of the line what ends below it', () => {
    const block = { ...PROBLEM, endLine: 9, endColumn: 1 };
    expect(formatProblem(block, '\n    replica: 2\r\n').split('\n')[2]).toBe('   |     ^^^^^^^^^^');
  });

  it('does not let a document steer the terminal', () => {
    const evil = { ...PROBLEM, message: 'unknown key "\u001b[2J\n"' };
    const shown = formatProblem(evil, '\n    \u001b[31mreplica');
    expect(shown).not.toContain('\u001b');
    expect(shown.split('\n')).toHaveLength(4);
  });
});
