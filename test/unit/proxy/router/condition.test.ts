import { describe, expect, it } from 'vitest';
import type { MatchCondition } from '../../../../src-main/proxy/config.ts';
import { compileMatch } from '../../../../src-main/proxy/router/match.ts';
import type { RequestView } from '../../../../src-main/proxy/router/match.ts';

function fits(
  condition: Partial<MatchCondition> & Pick<MatchCondition, 'of'>,
  part: Partial<RequestView>,
): boolean {
  const whole = { name: '', by: 'exact', values: [], ...condition } as const;
  const request = { method: 'GET', path: '/', host: 'shop', names: [], values: [], ...part };
  return compileMatch({ conditions: [whole] })(request);
}

const header = (...values: string[]): Partial<RequestView> => ({
  names: values.map(() => 'x-tier'),
  values,
});

describe('a condition', () => {
  it.each([
    ['/a', '/a', true],
    ['/a', '/a?b=c', true],
    ['/a', '/a/', false],
    ['/a', '/ab', false],
  ])('on the exact path %s takes %s: %s', (wanted, path, expected) => {
    expect(fits({ of: 'path', values: [wanted] }, { path })).toBe(expected);
  });

  it.each([
    ['/orders/[0-9]+', '/orders/17', true],
    ['/orders/[0-9]+', '/orders/17?x', true],
    ['/orders/[0-9]+', '/orders/17/items', false],
    ['/orders/[0-9]+', '/my/orders/17', false],
    ['(?i)/ORDERS', '/orders', true],
  ])('on the path pattern %s takes the whole of %s: %s', (pattern, path, expected) => {
    expect(fits({ of: 'path', by: 'regex', values: [pattern] }, { path })).toBe(expected);
  });

  it('takes linear time for a pattern that is exponential elsewhere', () => {
    const path = `/${'a'.repeat(2000)}!`;
    expect(fits({ of: 'path', by: 'regex', values: ['/(a|a)*(a|a)*b'] }, { path })).toBe(false);
  });

  it('takes any of several methods', () => {
    const several = { of: 'method', values: ['GET', 'HEAD'] } as const;
    expect(fits(several, { method: 'HEAD' })).toBe(true);
    expect(fits(several, { method: 'POST' })).toBe(false);
  });

  it.each([
    ['prefix', ['go'], ['gold'], true],
    ['prefix', ['go'], ['silver'], false],
    ['regex', ['g.*d'], ['gold'], true],
    ['regex', ['g'], ['gold'], false],
    ['present', [], [''], true],
    ['present', [], [], false],
    ['absent', [], ['gold'], false],
    ['absent', [], [], true],
    ['exact', ['gold'], ['silver', 'gold'], true],
  ] as const)('on a header by %s %j takes %j: %s', (by, values, given, expected) => {
    expect(fits({ of: 'header', name: 'x-tier', by, values }, header(...given))).toBe(expected);
  });

  it.each([
    ['/?page=2', true],
    ['/?a=1&page=2', true],
    ['/?page=3&page=2', false],
    ['/?pages=2', false],
    ['/page=2', false],
  ])('on a query parameter looks at the first of its name: %s is %s', (path, expected) => {
    expect(fits({ of: 'query', name: 'page', values: ['2'] }, { path })).toBe(expected);
  });

  it('finds a query parameter that has no value', () => {
    const there = { of: 'query', name: 'debug', by: 'present' } as const;
    expect(fits(there, { path: '/?debug' })).toBe(true);
    expect(fits({ ...there, by: 'exact', values: [''] }, { path: '/?debug' })).toBe(true);
    expect(fits(there, { path: '/' })).toBe(false);
  });

  it.each([
    [['tier=gold'], true],
    [['a=b; tier=gold; c=d'], true],
    [['a=b', 'tier="gold"'], true],
    [['mytier=gold'], false],
    [['tier=golden'], false],
    [['a=tier=gold'], false],
  ])('finds a cookie in the lines %j: %s', (lines, expected) => {
    const request = { names: lines.map(() => 'cookie'), values: lines };
    expect(fits({ of: 'cookie', name: 'tier', values: ['gold'] }, request)).toBe(expected);
  });
});
