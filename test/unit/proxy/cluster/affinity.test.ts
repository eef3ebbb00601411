import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import { affinityOf } from '../../../../src-main/proxy/cluster/affinity.ts';
import type { Affinity } from '../../../../src-main/proxy/cluster/affinity.ts';
import type { HashSource } from '../../../../src-main/proxy/config/upstream.ts';
import { IdSource } from '../../../../src-main/proxy/exchange/trace-context.ts';

const ids = new IdSource(seededChance(1));

function affinity(
  source: HashSource,
  headers: readonly (readonly [string, string])[] = [],
  remoteAddress = '10.0.0.1',
): Affinity {
  const names = headers.map(([name]) => name);
  const values = headers.map(([, value]) => value);
  return affinityOf(source, { names, values, remoteAddress }, ids);
}

describe('what a request is told apart by', () => {
  it('is a header: the same value is the same hash, none is none', () => {
    const of = (value: string): unknown => affinity({ header: 'x-user' }, [['x-user', value]]).hash;
    expect(of('ada')).toBe(of('ada'));
    expect(of('ada')).not.toBe(of('bob'));
    expect(affinity({ header: 'x-user' }, [['x-other', 'ada']]).hash).toBeUndefined();
  });

  it('is where it comes from', () => {
    const source = { source: 'address' } as const;
    expect(affinity(source, [], '10.0.0.1').hash).not.toBe(affinity(source, [], '10.0.0.2').hash);
  });

  it('is a cookie among others, quoted or not, in one header or in several', () => {
    const source = { cookie: 'cart', path: '/' };
    const plain = affinity(source, [['cookie', 'a=1; cart=x7; b=2']]).hash;
    expect(plain).toBeDefined();
    expect(affinity(source, [['cookie', 'cart="x7"']]).hash).toBe(plain);
    expect(
      affinity(source, [
        ['cookie', 'a=1'],
        ['cookie', 'cart=x7'],
      ]).hash,
    ).toBe(plain);
    expect(affinity(source, [['cookie', 'mycart=x7']])).toEqual({
      hash: undefined,
      setCookie: undefined,
    });
  });

  it('is a new cookie where one is to be made, which leads to the same hash when it comes back', () => {
    const source = { cookie: 'cart', path: '/shop', ttl: 3_600_000 };
    const given = affinity(source);
    expect(given.setCookie).toMatch(/^cart="[0-9a-f]{16}"; Max-Age=3600; Path=\/shop; HttpOnly$/);
    const [pair = ''] = (given.setCookie ?? '').split(';');
    expect(affinity(source, [['cookie', pair]])).toEqual({
      hash: given.hash,
      setCookie: undefined,
    });
  });

  it('ends with the session of the browser where the cookie has no time', () => {
    expect(affinity({ cookie: 'cart', path: '/', ttl: 0 }).setCookie).not.toContain('Max-Age');
  });
});
