/** An override that can never match: one before it takes all its requests. */
import type { Finding } from '../document/finding.ts';
import { matchCovers } from '../match-algebra.ts';
import type { Check } from './check.ts';
import { policyPlaces } from '../policy-places.ts';

export const overrides: Check = ({ mesh }) =>
  policyPlaces(mesh).flatMap(({ path, policy }): Finding[] => {
    const given = policy.overrides ?? [];
    const all = given.findIndex(({ match }) => matchCovers(match, {}));
    const place = (i: number): Pick<Finding, 'path' | 'at'> => ({
      path: [...path, 'overrides', i],
      at: 'key',
    });
    const hidden = given.flatMap(({ match }, i): Finding[] => {
      const before = given.slice(0, i).findIndex((one) => matchCovers(one.match, match));
      // What stands behind one that takes everything is told there.
      if (before < 0 || before === all) return [];
      return [
        {
          code: 'unreachable-override',
          severity: 'warning',
          message: `this override never matches: override ${before + 1} takes all its requests`,
          advice: 'put the more special one first',
          ...place(i),
        },
      ];
    });
    const version = given[all]?.version;
    if (version === undefined) return hidden;
    return [
      ...hidden,
      {
        code: 'unreachable-override',
        severity: 'warning',
        message: `this override sends every request to ${version}: what follows it, and the split, never act`,
        advice: 'say which requests are meant by path, method or headers',
        ...place(all),
      },
    ];
  });
