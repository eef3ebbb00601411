import { describe, expect, it } from 'vitest';
import {
  parseEnvFile,
  parseRawEnvFile,
} from '../../../../../src-main/convert/import/compose/dotenv.ts';

const OUTSIDE: Readonly<Record<string, string>> = { HOME: '/home/me' };
const parse = (text: string): Record<string, string | undefined> =>
  Object.fromEntries(
    parseEnvFile(text, (name) => OUTSIDE[name]).entries.map(({ name, value }) => [name, value]),
  );

describe('a file of variables', () => {
  it.each([
    ['A=1', { A: '1' }],
    ['export A=1', { A: '1' }],
    ['A: 1', { A: '1' }],
    ['  A = 1  ', { A: '1' }],
    ['A=', { A: '' }],
    ['A', { A: undefined }],
    ['A=b c', { A: 'b c' }],
    ['A=b # comment', { A: 'b' }],
    ['A=b#c', { A: 'b#c' }],
    ['# nothing\n\nA=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ["A='$HOME # x'", { A: '$HOME # x' }],
    ['A="x # y" # comment', { A: 'x # y' }],
    ['A="a\\nb\\t\\"c\\" \\\\ \\q"', { A: 'a\nb\t"c" \\ \\q' }],
    ['A="a\nb"\nB=1', { A: 'a\nb', B: '1' }],
    ["A='a\nb'", { A: 'a\nb' }],
    ['A=$HOME/x', { A: '/home/me/x' }],
    ['A="${HOME}/x"', { A: '/home/me/x' }],
    ['A="\\$HOME"', { A: '$HOME' }],
    ['A=1\nB=${A}2\nC=${NONE:-3}', { A: '1', B: '12', C: '3' }],
    ['HOME=/x\nA=$HOME', { HOME: '/x', A: '/x' }],
    ['url=postgres://u:p@db:5432/x?y=z', { url: 'postgres://u:p@db:5432/x?y=z' }],
    ['\uFEFFA=1', { A: '1' }],
    ['my.key-1=x', { 'my.key-1': 'x' }],
  ])('%j gives %j', (text, values) => {
    expect(parse(text)).toEqual(values);
  });

  it('is told with the line where it is wrong, and read on behind it', () => {
    const text = 'A=1\n?=2\nB="\nC=3\nD=$NONE\nE=${X?must}';
    const { entries, problems } = parseEnvFile(text, () => undefined);
    expect(entries.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(problems).toEqual([
      { severity: 'error', line: 2, message: 'a line is "NAME=value", or a comment behind "#"' },
      { severity: 'error', line: 3, message: 'a quote is not closed' },
      {
        severity: 'warning',
        line: 5,
        message: 'the variable NONE has no value: it is taken for empty',
      },
      { severity: 'error', line: 6, message: 'the variable X is required: must' },
    ]);
  });

  it('may be taken as it stands', () => {
    expect(parseRawEnvFile('# c\nA="$x" # y\nB=\nC\n').entries).toEqual([
      { name: 'A', value: '"$x" # y', line: 2 },
      { name: 'B', value: '', line: 3 },
      { name: 'C', line: 4 },
    ]);
  });
});
