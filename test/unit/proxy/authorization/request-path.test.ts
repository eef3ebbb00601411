import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAuthorizer } from '../../../../src-main/proxy/authorization/authorizer.ts';
import { loosePath, normalizePath } from '../../../../src-main/proxy/authorization/request-path.ts';

/** One of the ways to write the same path, or what a lenient service takes for the same. */
const spelled = fc
  .tuple(
    fc.array(fc.constantFrom('', '/.', '/x/..', '/', '/%2e', '/a/b/%2E%2e/..', '/%2F', '\\.'), {
      maxLength: 4,
    }),
    fc.constantFrom('/', '//', '/%2f', '/%5C', '\\'),
    fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    fc.constantFrom('', '/', '?a=/public', '/users/../..//admin'),
  )
  .map(([before, slash, encoded, after]) => {
    const hex = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;
    const name = [...'admin'].map((letter, i) => (encoded[i] ? hex(letter) : letter)).join('');
    return `/x/..${before.join('')}${slash}${name}${after}`;
  });

describe('a path', () => {
  it('that is denied is denied however it is written', () => {
    const policy = { name: 'no', action: 'deny', dryRun: false, paths: ['/admin*'] } as const;
    const authorizer = createAuthorizer({ namesRule: true, policies: [policy] });
    const others = { method: 'GET', host: 'a', names: [], values: [] };
    fc.assert(
      fc.property(spelled, (path) => {
        expect(authorizer.decide('', { ...others, path: normalizePath(path) })?.rule).toBe('no');
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['/a/b?c=/../d', '/a/b?c=/../d'],
    ['/a/../b', '/b'],
    ['/../../b', '/b'],
    ['/a/./b/.', '/a/b/'],
    ['/a/b/..', '/a/'],
    ['/a/...', '/a/...'],
    ['/%61%2d%7E', '/a-~'],
    ['/a%2fb%c3%a4', '/a%2Fb%C3%A4'],
    ['/a/%2e%2E/b', '/b'],
    ['/a\\..\\b', '/b'],
    ['//a//b', '//a//b'],
    ['/%', '/%'],
    ['*', '*'],
  ])('%s goes on as %s', (given, expected) => {
    expect(normalizePath(given)).toBe(expected);
    expect(normalizePath(expected)).toBe(expected);
  });

  it('is at the loosest without needless slashes', () => {
    expect(loosePath('//a%2F%5cb//../c?d')).toBe('/a/c');
  });
});
