import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightedSplit } from '../../../../src-main/proxy/router/split.ts';

function count(weights: Record<string, number>, calls: number): Record<string, number> {
  const entries = Object.entries(weights).map(([target, weight]) => ({ target, weight }));
  const split = new WeightedSplit(entries);
  const found: Record<string, number> = {};
  for (let i = 0; i < calls; i++) {
    const target = split.next();
    found[target] = (found[target] ?? 0) + 1;
  }
  return found;
}

describe('a weighted split', () => {
  it('is exact over its period', () => {
    expect(count({ v1: 75, v2: 25 }, 1000)).toEqual({ v1: 750, v2: 250 });
  });

  it('never takes a weight of 0', () => {
    expect(count({ v1: 100, v2: 0 }, 100)).toEqual({ v1: 100 });
  });

  it('spreads the shares instead of bunching them', () => {
    const split = new WeightedSplit([
      { target: 'a', weight: 2 },
      { target: 'b', weight: 1 },
    ]);
    expect(Array.from({ length: 6 }, () => split.next()).join('')).toBe('abaaba');
  });

  it('refuses to be without a positive weight', () => {
    expect(() => new WeightedSplit([{ target: 'a', weight: 0 }])).toThrow(RangeError);
  });

  it('is never off by more than one call per target, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 500 }),
        (weights, calls) => {
          const named = Object.fromEntries(weights.map((weight, i) => [`t${i}`, weight]));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const found = count(named, calls);
          return weights.every(
            (weight, i) =>
              Math.abs((found[`t${i}`] ?? 0) - (calls * weight) / total) <= weights.length,
          );
        },
      ),
    );
  });
});
