import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../../src-main/proxy/rate-limit/token-bucket.ts';

const CONFIG = { maxTokens: 3, tokensPerFill: 2, fillInterval: 100 };

/** How many of ten are let through at each of the times. */
function letThrough(times: number[], config = CONFIG): number[] {
  const bucket = new TokenBucket(config, 0);
  return times.map(
    (now) => Array.from({ length: 10 }, () => bucket.take(now)).filter(Boolean).length,
  );
}

describe('a token bucket', () => {
  it('is full at first, gets a fill at each whole interval, and never more than it holds', () => {
    expect(letThrough([0, 99, 100, 150, 199, 200, 1000])).toEqual([3, 0, 2, 0, 0, 2, 3]);
  });

  it('counts intervals from its beginning, whenever it is asked', () => {
    expect(letThrough([50, 130, 199.9, 200])).toEqual([3, 2, 0, 2]);
  });

  it('tells how long it is until the next fill', () => {
    const bucket = new TokenBucket(CONFIG, 1_000);
    expect([1_000, 1_030, 1_100, 1_250].map((now) => bucket.nextFill(now))).toEqual([
      100, 70, 100, 50,
    ]);
  });

  it('never lets through more than it held and what was filled', () => {
    fc.assert(
      fc.property(
        fc.record({
          maxTokens: fc.integer({ min: 1, max: 20 }),
          tokensPerFill: fc.integer({ min: 1, max: 20 }),
          fillInterval: fc.integer({ min: 1, max: 500 }),
        }),
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 50 }),
        (config, steps) => {
          const bucket = new TokenBucket(config, 0);
          let now = 0;
          let taken = 0;
          for (const step of steps) {
            now += step;
            while (bucket.take(now)) taken++;
          }
          const filled = Math.floor(now / config.fillInterval) * config.tokensPerFill;
          expect(taken).toBeLessThanOrEqual(config.maxTokens + filled);
        },
      ),
    );
  });
});
