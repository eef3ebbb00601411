import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogHistogram } from '../../../../src-main/telemetry/histograms/log-histogram.ts';

function histogramOf(durations: readonly number[]): LogHistogram {
  const histogram = new LogHistogram();
  for (const duration of durations) histogram.record(duration);
  return histogram;
}

const duration = fc.double({ min: 0.001, max: 60_000, noNaN: true });
const SHARES = [0.01, 0.5, 0.95, 0.99, 1];

describe('a histogram of durations', () => {
  it('is off by no more than 3 % at any percentile', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 300 }), (durations) => {
        const histogram = histogramOf(durations);
        const sorted = durations.toSorted((a, b) => a - b);
        for (const share of SHARES) {
          const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] as number;
          // A microsecond is the smallest difference it knows.
          const off = Math.abs(histogram.percentile(share) - exact);
          expect(off).toBeLessThanOrEqual(Math.max(exact * 0.03, 0.001));
        }
      }),
    );
  });

  it('says the same of two merged ones as of one that saw it all', () => {
    fc.assert(
      fc.property(fc.array(duration), fc.array(duration), (some, others) => {
        const merged = histogramOf(some);
        merged.add(histogramOf(others));
        const whole = histogramOf([...some, ...others]);
        expect(merged.total).toBe(whole.total);
        for (const share of SHARES) expect(merged.percentile(share)).toBe(whole.percentile(share));
      }),
    );
  });

  it('never gives a higher percentile a lower value', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1 }), (durations) => {
        const values = SHARES.map((share) => histogramOf(durations).percentile(share));
        expect(values).toEqual(values.toSorted((a, b) => a - b));
      }),
    );
  });

  it('counts what is longer than its range as its longest', () => {
    const histogram = histogramOf([3_600_000]);
    expect(histogram.percentile(0.5)).toBeGreaterThan(60_000);
    expect(histogram.percentile(0.5)).toBeLessThan(Infinity);
  });

  it('gives 0 where it has seen nothing, or only nothing', () => {
    expect(histogramOf([]).percentile(0.99)).toBe(0);
    expect(histogramOf([0, 0]).percentile(0.99)).toBe(0);
  });

  it('is as new once it is cleared', () => {
    const histogram = histogramOf([5, 500]);
    histogram.clear();
    expect(histogram.total).toBe(0);
    expect(histogram.percentile(1)).toBe(0);
  });
});
