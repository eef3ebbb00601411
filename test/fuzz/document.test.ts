import { readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { PROBLEM_CODES } from '../../src-main/spec/errors.ts';
import { SAMPLE, read } from '../unit/spec/document/sample.ts';
import { UNTIL_DONE, found, fuzz } from './fuzz.ts';
import { mutations } from './mutation.ts';

const WORDS = [
  ...['- ', ': ', '{', '}', '[', ']', '*a', '&a ', '|', '>', '"', "'", '\t', '\n', '---\n', '#'],
  ...['!!js ', '? ', '<<: *a', 'null', '~', '1e999', '0x', '.inf', '-1', '99999h', '__proto__: '],
  ...[
    'constructor',
    'to: payments',
    'services:\n',
    'traffic:\n',
    'faults:\n',
    '  ',
    '\x00',
    '\x85',
  ],
  ...['(', '(a+)+$', '%', '/', '*'],
];
const SHOP = readFileSync(new URL('../../fixtures/shop/faultline.yaml', import.meta.url), 'utf8');
const text = mutations([SAMPLE, SAMPLE, SHOP], WORDS);

function check(document: string): void {
  const result = read(document);
  const problems = result.ok ? result.warnings : result.problems;
  if (!result.ok && problems.length === 0) throw new Error('refused without a problem');
  const lines = document.split('\n').length;
  for (const { code, line, column } of problems) {
    if (!(code in PROBLEM_CODES)) throw new Error(`unknown code ${code}`);
    if (!(line >= 1 && line <= lines + 1 && column >= 1)) throw new Error(`at ${line}:${column}`);
  }
}

describe('the document reader, fed with anything', () => {
  it('never throws, and says where and what with a code of the list', UNTIL_DONE, () =>
    fuzz('documents', text, check, { share: 0.02 }),
  );

  it.each(found('documents'))('reads well what it once did not: %s', (_name, document) => {
    check(document);
  });
});
