import { expect, it } from 'vitest';
import { mergeSaturation } from '../../../../src-renderer/services/tabs/merge-saturation.ts';

it('adds what several callers use, second by second, also where one began later', () => {
  const merged = mergeSaturation([
    { at: [10, 11], connections: [2, 3], pending: [0, 1] },
    { at: [11, 12], connections: [4, 5], pending: [2, 0] },
  ]);
  expect(merged).toEqual({ at: [10, 11, 12], connections: [2, 7, 5], pending: [0, 3, 0] });
  expect(mergeSaturation([])).toEqual({ at: [], connections: [], pending: [] });
});
