/** Which of the matching requests a filter acts on. */
import { ExactShare } from '../../../base/chance.ts';
import type { Chance } from '../../../base/chance.ts';
import type { Percent } from '../../../base/units.ts';

export interface Share {
  /** Whether this request belongs to the share; asked once per matching try. */
  take(): boolean;
}

/** Exact by error diffusion, or a coin toss where `random` is set. */
export function createShare(percentage: Percent, random: boolean, chance: Chance): Share {
  if (!random) return new ExactShare(percentage);
  return { take: () => chance.next() * 100 < percentage };
}
