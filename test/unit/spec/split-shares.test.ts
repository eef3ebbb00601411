import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSplit, moveShare } from '../../../src-main/spec/split-shares.ts';

describe('shares', () => {
  it('are those of the replicas to begin with', () => {
    expect(
      defaultSplit([
        { name: 'v1', replicas: 2 },
        { name: 'v2', replicas: 1 },
      ]),
    ).toEqual({ v1: 67, v2: 33 });
  });

  it('are always 100 together, whichever is moved where', () => {
    const versions = fc.integer({ min: 2, max: 5 });
    fc.assert(
      fc.property(
        versions,
        fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 0, max: 100 })), { maxLength: 8 }),
        (count, moves) => {
          let split = defaultSplit(
            Array.from({ length: count }, (_, i) => ({ name: `v${i}`, replicas: 1 })),
          );
          for (const [which, percent] of moves) {
            const name = `v${which % count}`;
            split = moveShare(split, name, percent);
            expect(split[name]).toBe(percent);
            expect(Object.values(split).reduce((sum, share) => sum + share, 0)).toBe(100);
          }
        },
      ),
    );
  });
});
