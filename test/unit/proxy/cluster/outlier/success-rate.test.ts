import { describe, expect, it } from 'vitest';
import { successRateOutliers } from '../../../../../src-main/proxy/cluster/outlier/success-rate.ts';

const CONFIG = { minimumHosts: 5, requestVolume: 100, stdevFactor: 1900 };

function rated(...successes: number[]): { requests: number; successes: number }[] {
  return successes.map((one) => ({ requests: 100, successes: one }));
}

describe('success rate outliers', () => {
  it('are those below the mean by 1.9 standard deviations', () => {
    // Mean 90, deviation 20: below 52.
    const all = rated(98, 98, 98, 98, 98, 98, 98, 98, 98, 18);
    expect(successRateOutliers(all, CONFIG)).toEqual([all[9]]);
    expect(successRateOutliers(rated(95, 94, 93, 92, 91, 90), CONFIG)).toEqual([]);
    expect(successRateOutliers(rated(50, 50, 50, 50, 50), CONFIG)).toEqual([]);
  });

  it('are not looked for among too few, nor by too few requests', () => {
    expect(successRateOutliers(rated(100, 100, 100, 0), CONFIG)).toEqual([]);
    const idle = rated(100, 100, 100, 100).concat({ requests: 99, successes: 0 });
    expect(successRateOutliers(idle, CONFIG)).toEqual([]);
    expect(successRateOutliers([], { ...CONFIG, minimumHosts: 0 })).toEqual([]);
  });
});
