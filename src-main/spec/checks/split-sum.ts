/** The weights of a split are 100 together. */
import type { Check } from './check.ts';
import { policyPlaces } from '../policy-places.ts';

export const splitSum: Check = ({ mesh }) =>
  policyPlaces(mesh).flatMap(({ path, title, policy: { split } }) => {
    if (!split) return [];
    const sum = Object.values(split).reduce((total, weight) => total + weight, 0);
    // Thirds of a hundred cannot be written exactly.
    if (Math.abs(sum - 100) < 0.01) return [];
    return [
      {
        code: 'split-sum',
        message: `the split of ${title} adds up to ${Number(sum.toFixed(3))} %, not 100 %`,
        advice:
          sum < 100
            ? `${Number((100 - sum).toFixed(3))} % are missing`
            : `take ${Number((sum - 100).toFixed(3))} % away`,
        path: [...path, 'split'],
        at: 'key',
      },
    ];
  });
