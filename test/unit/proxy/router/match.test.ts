import { describe, expect, it } from 'vitest';
import { compileMatch } from '../../../../src-main/proxy/router/match.ts';
import type { RequestView } from '../../../../src-main/proxy/router/match.ts';

function request(part: Partial<RequestView>): RequestView {
  return { method: 'GET', path: '/', host: 'shop.local', names: [], values: [], ...part };
}

describe('a match', () => {
  it('fits everything when it is empty', () => {
    expect(compileMatch({})(request({}))).toBe(true);
  });

  it.each([
    ['/api', '/api', true],
    ['/api', '/api/', true],
    ['/api', '/api/x', true],
    ['/api', '/api?x', true],
    ['/api', '/apis', false],
    ['/api', '/', false],
    ['/api/', '/api', true],
    ['/', '/anything', true],
  ])('takes path prefix %s and path %s by segment: %s', (pathPrefix, path, fits) => {
    expect(compileMatch({ pathPrefix })(request({ path }))).toBe(fits);
  });

  it('compares the host without port and case', () => {
    const fits = compileMatch({ host: 'Shop.Local' });
    expect(fits(request({ host: 'shop.local:8080' }))).toBe(true);
    expect(fits(request({ host: 'other.local' }))).toBe(false);
  });

  it('wants every part to hold', () => {
    const fits = compileMatch({ method: 'POST', headers: { 'X-User': 'ada' } });
    const names = ['x-user'];
    expect(fits(request({ method: 'POST', names, values: ['ada'] }))).toBe(true);
    expect(fits(request({ method: 'GET', names, values: ['ada'] }))).toBe(false);
    expect(fits(request({ method: 'POST', names, values: ['bob'] }))).toBe(false);
    expect(fits(request({ method: 'POST' }))).toBe(false);
  });

  it('finds a value among several headers of one name', () => {
    const fits = compileMatch({ headers: { 'x-user': 'ada' } });
    expect(fits(request({ names: ['x-user', 'x-user'], values: ['bob', 'ada'] }))).toBe(true);
  });
});
