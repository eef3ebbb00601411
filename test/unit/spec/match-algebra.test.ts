import { describe, expect, it } from 'vitest';
import { intersectMatches, matchCovers } from '../../../src-main/spec/match-algebra.ts';
import type { RequestMatch } from '../../../src-main/spec/mesh.ts';
import { normalizeMatch } from '../../../src-main/spec/document/normalize-match.ts';

type Input = Parameters<typeof normalizeMatch>[0];

function both(one: Input, other: Input): RequestMatch | undefined {
  return intersectMatches(normalizeMatch(one), normalizeMatch(other));
}

describe('what two matches have in common', () => {
  it.each<[string, Input, Input, Input | undefined]>([
    [
      'an exact path within a prefix',
      { path: '/a' },
      { path: { exact: '/a/b' } },
      { path: { exact: '/a/b' } },
    ],
    ['an exact path outside', { path: '/b' }, { path: { exact: '/a/b' } }, undefined],
    ['two exact paths', { path: { exact: '/a' } }, { path: { exact: '/b' } }, undefined],
    ['shared methods', { method: ['GET', 'PUT'] }, { method: ['PUT', 'POST'] }, { method: 'PUT' }],
    ['a method of several', { method: 'GET' }, { method: ['GET', 'PUT'] }, { method: 'GET' }],
    ['a method not among several', { method: 'POST' }, { method: ['GET', 'PUT'] }, undefined],
    [
      'a value that is there',
      { headers: { a: '1' } },
      { headers: { a: { present: true } } },
      { headers: { a: '1' } },
    ],
    [
      'a value that is not there',
      { headers: { a: '1' } },
      { headers: { a: { present: false } } },
      undefined,
    ],
    [
      'a value with its beginning',
      { headers: { a: '12' } },
      { headers: { a: { prefix: '1' } } },
      { headers: { a: '12' } },
    ],
    [
      'a pattern and absence',
      { query: { a: { regex: '.' } } },
      { query: { a: { present: false } } },
      undefined,
    ],
    [
      'a caller and its version',
      { caller: 'web' },
      { caller: { service: 'web', version: 'v1' } },
      { caller: { service: 'web', version: 'v1' } },
    ],
    ['two callers', { caller: 'web' }, { caller: 'jobs' }, undefined],
    [
      'two versions',
      { caller: { service: 'web', version: 'v1' } },
      { caller: { service: 'web', version: 'v2' } },
      undefined,
    ],
  ])('%s', (_what, one, other, expected) => {
    expect(both(one, other)).toEqual(expected && normalizeMatch(expected));
    expect(both(other, one)).toEqual(expected && normalizeMatch(expected));
  });

  it('keeps two patterns for one header, without guessing', () => {
    const conditions = both(
      { headers: { a: { regex: 'x+' } } },
      { headers: { a: { regex: 'y+' } } },
    )?.conditions;
    expect(conditions).toHaveLength(2);
  });
});

describe('one match takes all that another would', () => {
  it.each<[Input, Input, boolean]>([
    [{}, { query: { a: '1' } }, true],
    [{ path: '/a' }, { path: { exact: '/a/b' } }, true],
    [{ path: { exact: '/a' } }, { path: '/a' }, false],
    [{ method: ['GET', 'PUT'] }, { method: 'PUT' }, true],
    [{ method: ['GET', 'PUT'] }, { method: ['GET', 'POST'] }, false],
    [{ headers: { a: { present: true } } }, { headers: { a: '1' } }, true],
    [{ cookies: { a: '1' } }, { cookies: { a: '1', b: '2' } }, true],
    [{ cookies: { a: '1', b: '2' } }, { cookies: { a: '1' } }, false],
    [{ caller: 'web' }, { caller: { service: 'web', version: 'v1' } }, true],
    [{ caller: { service: 'web', version: 'v1' } }, { caller: 'web' }, false],
  ])('%j before %j: %s', (one, other, expected) => {
    expect(matchCovers(normalizeMatch(one), normalizeMatch(other))).toBe(expected);
  });
});
