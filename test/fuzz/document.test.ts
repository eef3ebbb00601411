import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../src-main/spec/errors.ts';
import { SAMPLE, read } from '../unit/spec/document/sample.ts';

const BUDGET = {
  interruptAfterTimeLimit: Number(process.env['FUZZ_SECONDS'] ?? 5) * 1000,
  numRuns: 1_000_000_000,
};

/** The sample with a piece taken out and something else put in its place. */
const mutation = fc.record({
  at: fc.integer({ min: 0, max: SAMPLE.length }),
  remove: fc.integer({ min: 0, max: 30 }),
  insert: fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '*a',
      '&a ',
      '|',
      '>',
      '"',
      "'",
      '\t',
      '\n',
      '---\n',
      '!!js ',
      '? ',
      '<<: *a',
      'null',
      '~',
      '1e999',
      '0x',
      '.inf',
    ),
  ),
});

describe('the document reader, fed with anything', () => {
  it('never throws, and says where and what with a code of the list', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const text = mutations.reduce(
          (before, { at, remove, insert }) =>
            before.slice(0, at) + insert + before.slice(at + remove),
          SAMPLE,
        );
        const result = read(text);
        const problems = result.ok ? result.warnings : result.problems;
        if (!result.ok) expect(problems.length).toBeGreaterThan(0);
        const lines = text.split('\n').length;
        for (const { code, line, column } of problems) {
          expect(PROBLEM_CODES).toHaveProperty([code]);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines + 1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      BUDGET,
    );
  });
});
