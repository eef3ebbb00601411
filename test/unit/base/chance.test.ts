import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactShare, seededChance } from '../../../src-main/base/chance.ts';

function taken(percentage: number, calls: number): number {
  const share = new ExactShare(percentage);
  let count = 0;
  for (let i = 0; i < calls; i++) if (share.take()) count++;
  return count;
}

describe('an exact share', () => {
  it.each([
    [0, 1000, 0],
    [10, 1000, 100],
    [33.3, 1000, 333],
    [50, 3, 2],
    [100, 1000, 1000],
  ])('of %d %% of %i calls is %i', (percentage, calls, count) => {
    expect(taken(percentage, calls)).toBe(count);
  });

  it('is at no moment off by more than one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.nat(2000),
        (percentage, calls) => {
          return Math.abs(taken(percentage, calls) - (calls * percentage) / 100) <= 1;
        },
      ),
    );
  });
});

describe('a seeded chance', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const row = (seed: number): number[] => {
      const chance = seededChance(seed);
      return Array.from({ length: 5 }, () => chance.next());
    };
    expect(row(1)).toEqual(row(1));
    expect(row(1)).not.toEqual(row(2));
  });

  it('stays within 0 and 1 and fills the room between', () => {
    const chance = seededChance(3);
    const numbers = Array.from({ length: 10_000 }, () => chance.next());
    const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(mean).toBeCloseTo(0.5, 1);
  });
});
