import { describe, expect, it } from 'vitest';
import { effectiveWeight } from '../../../../../src-main/proxy/cluster/priority/locality-weight.ts';

describe('the weight of a locality', () => {
  // Envoy's documentation, "Locality weighted load balancing": weights of 1 and 2, the other well.
  it.each([
    [100, 33],
    [70, 33],
    [69, 33],
    [50, 26],
    [25, 15],
    [0, 0],
  ])(
    'with %d per cent of its endpoints well leaves it %d per cent of the requests',
    (well, share) => {
      const weight = effectiveWeight(1, { well, total: 100 });
      expect(Math.round((100 * weight) / (weight + 2))).toBe(share);
    },
  );

  it('is nothing where there is no endpoint', () => {
    expect(effectiveWeight(7, { well: 0, total: 0 })).toBe(0);
  });
});
