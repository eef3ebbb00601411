import { describe, expect, it } from 'vitest';
import { SAMPLE, problemsOf } from '../document/sample.ts';

const problemsWith = (lines: string): string[] =>
  problemsOf(SAMPLE.replace('    enabled: false\n', `${lines}\n`));

describe('what a fault is for', () => {
  it('exists, else it is said', () => {
    expect(problemsWith('    toVersion: v3')).toEqual([
      expect.stringContaining('payments has no version "v3"'),
    ]);
    expect(problemsWith('    fromVersion: v2')).toEqual([
      expect.stringContaining('orders has no version "v2"'),
    ]);
    expect(problemsWith('    instance: payments-v2-7')).toEqual([
      expect.stringContaining('never-acts payments has no instance "payments-v2-7"'),
    ]);
    expect(problemsWith('    route: paymets')).toEqual([
      expect.stringMatching(/never-acts no route to payments .*did you mean "payments"/),
    ]);
    expect(
      problemsWith('    toVersion: v2\n    fromVersion: v1\n    instance: payments-v2-1'),
    ).toEqual([]);
  });

  it('is not a version of nobody', () => {
    expect(problemsOf(SAMPLE.replace('from: orders\n    to', 'fromVersion: v1\n    to'))).toEqual([
      expect.stringContaining('for a version of no service'),
    ]);
  });

  it('is not over before it begins', () => {
    expect(problemsWith('    sequence: { window: { from: 5s, to: 5s } }')).toEqual([
      expect.stringContaining('it is over before it begins'),
    ]);
    expect(
      problemsWith(
        '    schedule: { from: 2026-11-21T10:00:00Z, until: 2026-11-21T10:00:00+01:00 }',
      ),
    ).toEqual([expect.stringContaining('it is over before it begins')]);
  });
});
