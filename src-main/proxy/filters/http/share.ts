/** Which of the matching requests a filter acts on. */
import type { Chance } from '../../../base/chance.ts';
import { EvenShare } from '../../../base/even-share.ts';
import type { Percent } from '../../../base/units.ts';

export interface Share {
  /** Whether this try belongs to the share; asked once per matching try. `kind`: what it is like. */
  take(kind: string): boolean;
}

/** Exact by error diffusion, or a coin toss where `random` is set. */
export function createShare(percentage: Percent, random: boolean, chance: Chance): Share {
  if (!random) return new EvenShare(percentage);
  return { take: () => chance.next() * 100 < percentage };
}
