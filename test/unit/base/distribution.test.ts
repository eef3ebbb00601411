import { describe, expect, it } from 'vitest';
import { seedOf, seededChance } from '../../../src-main/base/chance.ts';
import { createSampler, typicalOf } from '../../../src-main/base/distribution.ts';
import type { Distribution } from '../../../src-main/base/distribution.ts';

/** In rising order. */
function draw(distribution: Distribution, count = 20_000): number[] {
  const sample = createSampler(distribution, seededChance(7));
  return Array.from({ length: count }, sample).sort((one, other) => one - other);
}

const at = (draws: readonly number[], share: number): number =>
  draws[Math.floor(draws.length * share)] ?? NaN;
const mean = (draws: readonly number[]): number =>
  draws.reduce((sum, one) => sum + one, 0) / draws.length;

/** Within so many per cent. */
const expectNear = (found: number, wanted: number, percent = 3): void =>
  expect(Math.abs(found / wanted - 1) * 100).toBeLessThan(percent);

describe('a distribution', () => {
  it('uniform: every time between the two is as likely', () => {
    const draws = draw({ uniform: { min: 100, max: 300 } });
    expect(draws[0]).toBeGreaterThanOrEqual(100);
    expect(draws.at(-1)).toBeLessThan(300);
    for (const share of [0.25, 0.5, 0.75]) expectNear(at(draws, share), 100 + 200 * share);
  });

  it('normal: two thirds within one deviation', () => {
    const draws = draw({ normal: { mean: 200, deviation: 20 } });
    expectNear(mean(draws), 200);
    expectNear(draws.filter((one) => Math.abs(one - 200) <= 20).length / draws.length, 0.6827);
  });

  it('normal: never less than nothing', () => {
    expect(draw({ normal: { mean: 1, deviation: 50 } })[0]).toBe(0);
  });

  it('log-normal: half below the median, and the logarithm has the deviation asked for', () => {
    const draws = draw({ logNormal: { median: 80, sigma: 0.5 } });
    expectNear(at(draws, 0.5), 80);
    expectNear(at(draws, 0.8413), 80 * Math.exp(0.5));
  });

  it('exponential: the mean, and half below 0.69 of it', () => {
    const draws = draw({ exponential: { mean: 50 } });
    expectNear(mean(draws), 50);
    expectNear(at(draws, 0.5), 50 * Math.LN2);
  });

  it('Pareto: not below its scale, not above its maximum', () => {
    const draws = draw({ pareto: { scale: 10, shape: 1.16, max: 500 } });
    expect(draws[0]).toBeGreaterThanOrEqual(10);
    expect(draws.at(-1)).toBe(500);
    expectNear(at(draws, 0.5), 10 * 2 ** (1 / 1.16));
  });

  it('recorded values: each is as likely', () => {
    const draws = draw({ recorded: { values: [30, 10, 20] } });
    expect(new Set(draws)).toEqual(new Set([10, 20, 30]));
    expectNear(draws.filter((one) => one === 10).length, draws.length / 3, 5);
  });

  it('recorded percentiles: on the straight line between them', () => {
    const draws = draw({ recorded: { percentiles: { p99: 400, p50: 20, p90: 100 } } });
    expect(draws[0]).toBe(20);
    expect(draws.at(-1)).toBe(400);
    expectNear(at(draws, 0.7), 60);
    expectNear(at(draws, 0.9), 100);
  });

  it.each<[Distribution, number]>([
    [{ uniform: { min: 100, max: 300 } }, 200],
    [{ normal: { mean: 200, deviation: 20 } }, 200],
    [{ logNormal: { median: 80, sigma: 1 } }, 80],
    [{ exponential: { mean: 50 } }, 50],
    [{ pareto: { scale: 10, shape: 1, max: 500 } }, 20],
    [{ recorded: { values: [30, 10, 20] } }, 20],
    [{ recorded: { percentiles: { p50: 20, p90: 100 } } }, 20],
  ])('%j is spoken of as %d ms', (distribution, typical) => {
    expect(typicalOf(distribution)).toBeCloseTo(typical, 6);
  });

  it('gives the same row for the same seed', () => {
    const row = (seed: string): number[] => {
      const sample = createSampler({ exponential: { mean: 9 } }, seededChance(seedOf(seed)));
      return [sample(), sample(), sample()];
    };
    expect(row('a')).toEqual(row('a'));
    expect(row('a')).not.toEqual(row('b'));
  });
});
