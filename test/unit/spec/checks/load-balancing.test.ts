import { describe, expect, it } from 'vitest';
import { SAMPLE, meshOf, read } from '../document/sample.ts';

function withPolicy(policy: string): string {
  return SAMPLE.replace('    timeout: 2s\n', `    timeout: 2s\n    loadBalancing: ${policy}\n`);
}

function problems(policy: string): string[] {
  const result = read(withPolicy(policy));
  return (result.ok ? [] : result.problems).map(({ code, message }) => `${code}: ${message}`);
}

describe('load balancing in the document', () => {
  it('is an algorithm, or the details with their defaults', () => {
    const policyOf = (policy: string): unknown =>
      meshOf(withPolicy(policy)).traffic['payments']?.loadBalancing;
    expect(policyOf('leastRequest')).toEqual({ algorithm: 'leastRequest' });
    expect(policyOf('{ hash: { header: X-User } }')).toEqual({
      algorithm: 'maglev',
      hash: { header: 'x-user' },
    });
    expect(policyOf('{ hash: { cookie: cart, ttl: 1h }, algorithm: ringHash }')).toEqual({
      algorithm: 'ringHash',
      hash: { cookie: 'cart', path: '/', ttl: 3_600_000 },
    });
    expect(policyOf('{ slowStart: { window: 30s } }')).toEqual({
      algorithm: 'roundRobin',
      slowStart: { window: 30_000, aggression: 1, minWeightPercent: 10 },
    });
    expect(policyOf('{ panicThreshold: 0 }')).toEqual({
      algorithm: 'roundRobin',
      panicThreshold: 0,
    });
    expect(meshOf(SAMPLE).traffic['payments']?.loadBalancing).toBeUndefined();
  });

  it.each([
    ['maglev', 'missing-key: maglev needs a "hash": what requests are told apart by'],
    ['{ algorithm: random, hash: { header: a } }', 'wrong-value: "hash" means nothing to random'],
    ['{ hash: {} }', 'missing-key: a "hash" names one of header, cookie and source'],
    [
      '{ hash: { header: a, source: address } }',
      'wrong-value: a "hash" names one of header, cookie and source',
    ],
    ['{ hash: { header: a, ttl: 1h } }', 'wrong-value: "ttl" is for cookies'],
    [
      '{ hash: { header: a }, slowStart: { window: 1s } }',
      'wrong-value: "slowStart" means nothing to maglev',
    ],
  ])('is refused where it cannot work: %s', (policy, problem) => {
    expect(problems(policy)).toContain(problem);
  });
});
