/** All faults that act on HTTP, in the order in which they act: a delay comes before an abort. */
import type { Chance } from '../../../base/chance.ts';
import type { Percent } from '../../../base/units.ts';
import type { FaultConfig } from '../../config.ts';
import { compileMatch } from '../../router/match.ts';
import type { Matcher } from '../../router/match.ts';
import { createAbort } from './abort.ts';
import { createDelay } from './delay.ts';
import type { TryFilter } from './filter.ts';
import { createShare } from './share.ts';
import type { Share } from './share.ts';

type FaultKind = 'delay' | 'abort';

const FILTERS = {
  delay: createDelay,
  abort: createAbort,
} as const satisfies Record<
  FaultKind,
  (config: FaultConfig, matches: Matcher, share: Share) => TryFilter
>;

/** The filters of a route's faults; each draws for itself, so stacked faults are independent. */
export function createFaultFilters(faults: readonly FaultConfig[], chance: Chance): TryFilter[] {
  return faults.flatMap((config) => {
    const matches = compileMatch(config.match);
    return (Object.keys(FILTERS) as FaultKind[]).flatMap((kind) => {
      const percentage: Percent | undefined = config[kind]?.percentage;
      if (percentage === undefined) return [];
      const share = createShare(percentage, config.random, chance);
      return [FILTERS[kind](config, matches, share)];
    });
  });
}
