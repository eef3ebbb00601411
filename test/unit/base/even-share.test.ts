import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactShare } from '../../../src-main/base/chance.ts';
import { EvenShare } from '../../../src-main/base/even-share.ts';

const percentage = fc.double({ min: 0, max: 100, noNaN: true });
const kind = fc.constantFrom('', 'a', 'b', 'c');

describe('an even share', () => {
  it('is at no moment off by one, whatever kinds of calls come', () => {
    fc.assert(
      fc.property(percentage, fc.array(kind, { maxLength: 500 }), (share, kinds) => {
        const even = new EvenShare(share);
        let count = 0;
        return kinds.every((one, i) => {
          if (even.take(one)) count++;
          return Math.abs(count - ((i + 1) * share) / 100) < 1.001;
        });
      }),
    );
  });

  it('of calls of one kind is the exact share', () => {
    fc.assert(
      fc.property(percentage, (share) => {
        const [even, exact] = [new EvenShare(share), new ExactShare(share)];
        return Array.from({ length: 500 }, () => even.take('x') === exact.take()).every(Boolean);
      }),
    );
  });

  it.each([
    [50, 50],
    [10, 50],
    [33, 20],
    [90, 90],
  ])('of %i %% and one of %i %% behind it meet as often as draws would', (one, other) => {
    const [first, second] = [new EvenShare(one), new EvenShare(other)];
    let both = 0;
    for (let i = 0; i < 1000; i++) {
      const taken = first.take('');
      if (second.take(taken ? 'taken' : '') && taken) both++;
    }
    expect(Math.abs(both - (one * other) / 10)).toBeLessThanOrEqual(2);
  });

  it('of tries takes as many of the second ones as of the first', () => {
    const share = new EvenShare(50);
    let failed = 0;
    for (let i = 0; i < 1000; i++) if (share.take('') && share.take('retry')) failed++;
    expect(failed).toBe(250);
  });

  it('remembers no more kinds than there can reasonably be', () => {
    const share = new EvenShare(10);
    const taken = Array.from({ length: 1000 }, (_, i) => share.take(String(i))).filter(Boolean);
    expect(taken).toHaveLength(100);
  });
});
