import { describe, expect, it } from 'vitest';
import { problemsOf, read } from './sample.ts';

const REST = 'services: {}\n';

describe('text that is not YAML', () => {
  it.each([
    ['an open bracket', 'mesh: shop\nservices: {a: [}\n', /^2:\d+ yaml-syntax /],
    ['an open quote', 'mesh: "shop\n', /^2:1 yaml-syntax .*quote/],
    ['a tab', 'mesh: shop\nservices:\n\ta: 1\n', /^3:1 yaml-syntax .*indent with blanks/],
    ['a second document', `mesh: a\n${REST}---\nmesh: b\n`, /^3:1 .*more than one document/],
    ['a list as a key', `mesh: a\n[a]: b\n${REST}`, /^2:1 .*a key must be a text/],
    ['a tag', `mesh: !env FOO\n${REST}`, /^1:7 .*unresolved tag: !env; tags mean nothing here/],
    ['an alias of nothing', `mesh: *x\n${REST}`, /^1:7 .*there is no anchor "&x" before/],
    ['a colon in a text', `mesh: a: b\n${REST}`, /^1:7 .*in quotes/],
  ])('is refused for %s, where it stands', (_what, text, problem) => {
    expect(problemsOf(text)[0]).toMatch(problem);
  });

  it('names every key that is given twice, and the line of the first', () => {
    expect(problemsOf('mesh: a\nservices: {}\nmesh: b\nservices: {}\n')).toEqual([
      '3:1 duplicate-name the key "mesh" is given twice; the first one is in line 1',
      '4:1 duplicate-name the key "services" is given twice; the first one is in line 2',
    ]);
  });

  it('is told in columns that count from 1, with a byte order mark and line ends of Windows too', () => {
    expect(problemsOf(`\uFEFFmesh: a\r\n${REST}  \r\nfoo: 1\r\n`)[0]).toMatch(/^4:1 unknown-key/);
  });
});

describe('a document that means harm', () => {
  const code = (text: string): string | undefined => {
    const result = read(text);
    return result.ok ? undefined : result.problems[0]?.code;
  };

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['dashes', '- '.repeat(200_000)],
    ['braces', '{a: '.repeat(100_000)],
    ['questions', '? '.repeat(200_000)],
    ['brackets that close', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`],
  ])('is refused before endless %s are followed', (_what, text) => {
    expect(code(text)).toBe('too-large');
  });

  it('is refused before its aliases unfold', () => {
    const laughs = Array.from(
      { length: 12 },
      (_, i) => `x${i + 1}: &x${i + 1} [${`*x${i},`.repeat(9)}]`,
    );
    expect(code(`x0: &x0 [a]\n${laughs.join('\n')}\n`)).toBe('too-large');
  });

  it('is refused beyond all measure', () => {
    expect(code(`# ${'x'.repeat(1024 * 1024)}`)).toBe('too-large');
  });

  it('takes no longer for many keys than for few, and tells only the first hundred', () => {
    const result = read(Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'));
    expect(result).toMatchObject({ ok: false });
    expect(result.ok ? 0 : result.problems.length).toBe(100);
  });
});
