import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { parseEnvFile } from '../../src-main/convert/import/compose/dotenv.ts';
import {
  InterpolationError,
  interpolate,
} from '../../src-main/convert/import/compose/interpolate.ts';
import { PROBLEM_CODES } from '../../src-main/spec/errors.ts';
import { project } from '../unit/convert/import/compose/project.ts';
import { UNTIL_DONE, found, fuzz } from './fuzz.ts';
import { mutations } from './mutation.ts';

const VALUES: Readonly<Record<string, string>> = { A: 'a', B: '$B}', EMPTY: '' };
const lookup = (name: string): string | undefined =>
  Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;

const PIECES = [
  '$',
  '$$',
  '{',
  '}',
  '${',
  'A',
  'B',
  'EMPTY',
  'NONE',
  ':',
  '-',
  '?',
  '+',
  ':-',
  ' ',
  'ü',
];
const templates = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((all) => all.join(''));

/** A template that is right, with what it must give: built as a person would, from the inside out. */
const { expression } = fc.letrec<{ expression: Expected; part: Expected }>((tie) => ({
  expression: fc.array(tie('part'), { maxLength: 4 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(''),
    gives: parts.map(({ gives }) => gives).join(''),
  })),
  part: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'template' },
    fc.constantFrom('x', ' ', '-', ':', '{').map((text) => ({ text, gives: text })),
    fc.constant({ text: '$$', gives: '$' }),
    fc.constantFrom('A', 'B', 'EMPTY', 'NONE').map((name) => ({
      text: `\${${name}}`,
      gives: lookup(name) ?? '',
    })),
    fc
      .record({
        name: fc.constantFrom('A', 'B', 'EMPTY', 'NONE'),
        operator: fc.constantFrom(':-', '-', ':+', '+'),
        word: tie('expression'),
      })
      .map(({ name, operator, word }) => ({
        text: `\${${name}${operator}${word.text}}`,
        gives: operated(lookup(name), operator, word.gives),
      })),
  ),
}));

interface Expected {
  readonly text: string;
  readonly gives: string;
}

/** The Compose specification's table of operators. */
function operated(value: string | undefined, operator: string, word: string): string {
  const isThere = operator.startsWith(':') ? (value ?? '') !== '' : value !== undefined;
  if (operator.endsWith('+')) return isThere ? word : '';
  return isThere ? (value ?? '') : word;
}

function checkTemplate(text: string): void {
  try {
    const { text: result, unset } = interpolate(text, lookup);
    if (!text.includes('$') && result !== text) throw new Error(`"${text}" became "${result}"`);
    for (const name of unset) if (lookup(name) !== undefined) throw new Error(`${name} is set`);
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error;
  }
}

function checkExpected({ text, gives }: Expected): void {
  const { text: result } = interpolate(text, lookup);
  if (result !== gives) throw new Error(`"${text}" gave "${result}", not "${gives}"`);
}

describe('interpolation, fed with anything', () => {
  it('gives a text, or says why not', UNTIL_DONE, () =>
    fuzz('templates', templates, checkTemplate),
  );

  it('leaves a text as it is whose dollar signs are doubled', UNTIL_DONE, () =>
    fuzz('escaped texts', fc.string({ unit: 'grapheme' }), (text) => {
      const { text: result } = interpolate(text.replaceAll('$', '$$$$'), lookup);
      if (result !== text) throw new Error(`"${text}" became "${result}"`);
    }),
  );

  it('gives what the operators mean, however they are nested', UNTIL_DONE, () =>
    fuzz('nested templates', expression, checkExpected),
  );
});

const STACKS = ['compose-voting/docker-compose.yml', 'compose-storefront/docker-compose.yml'].map(
  (path) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8'),
);
const WORDS = [
  ...['- ', ': ', '{', '}', '[', ']', '*a', '&a ', '"', "'", '\t', '\n', '---\n', '#', '!reset '],
  ...['!override ', '<<: *a', 'null', '~', '${', '$', ':-', '8080:80', '0-99999', '1e999', '/udp'],
  ...[
    'extends: vote\n',
    'extends: { file: compose.yaml, service: vote }',
    'include: [compose.yaml]',
  ],
  ...['__proto__: ', 'constructor', 'services:\n', 'networks: [a]', '-1', '5x', '\x00', '\x85'],
];

function checkStack(text: string): void {
  const files = { '/p/.env': 'POSTGRES_PASSWORD=x', '/p/mail/compose.yaml': text };
  for (const { code, place, message } of project(text, { files }).findings) {
    if (!(code in PROBLEM_CODES)) throw new Error(`unknown code ${code}`);
    if (!(place.line >= 1 && place.column >= 1)) throw new Error(`${message} is nowhere`);
  }
}

describe('the reader of compose files, fed with anything', () => {
  it('never throws, and says where and what with a code of the list', UNTIL_DONE, () =>
    fuzz('compose files', mutations(STACKS, WORDS), checkStack, { share: 0.02 }),
  );

  it.each(found('compose'))('reads what was once too much for it: %s', (_name, text) =>
    checkStack(text),
  );

  it('reads files of variables', UNTIL_DONE, () =>
    fuzz(
      'files of variables',
      mutations(
        ['A=1\nexport B="x $A"\nC=\'y\' # z\nD: ${E:-f}\n'],
        ["'", '"', '\\', '\n', '$', '='],
      ),
      (text) => {
        const lines = text.split('\n').length;
        for (const { line } of [
          ...parseEnvFile(text, lookup).problems,
          ...parseEnvFile(text, lookup).entries,
        ]) {
          if (!(line >= 1 && line <= lines)) throw new Error(`at line ${line}`);
        }
      },
    ),
  );
});
