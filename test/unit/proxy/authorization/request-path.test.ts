import { describe, expect, it } from 'vitest';
import { loosePath, normalizePath } from '../../../../src-main/proxy/authorization/request-path.ts';

describe('a path', () => {
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
