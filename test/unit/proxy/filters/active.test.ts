import { describe, expect, it } from 'vitest';
import { isActive } from '../../../../src-main/proxy/filters/http/active.ts';

describe('when a fault acts', () => {
  it('always, where nothing is said', () => {
    expect(isActive(undefined, 5)).toBe(true);
  });

  it('from its beginning until right before its end', () => {
    const window = { from: 100, until: 200 };
    expect([99, 100, 199, 200].map((wall) => isActive(window, wall))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('again and again, for a part of each period', () => {
    const rhythm = { from: 100, until: 1000, every: { period: 60, duration: 10 } };
    const acting = [100, 109, 110, 159, 160, 170, 1000, 1060].map((wall) => isActive(rhythm, wall));
    expect(acting).toEqual([true, true, false, false, true, false, false, false]);
  });
});
