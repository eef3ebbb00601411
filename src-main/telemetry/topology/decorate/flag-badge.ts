import { HopFlag } from '../../../proxy/hop.ts';
import type { BadgeKind, Decorator } from './badge.ts';

/** A badge that is drawn where any of its flags was set in the window. */
export function flagBadge(kind: BadgeKind, flags: readonly (keyof typeof HopFlag)[]): Decorator {
  const bits = flags.reduce((all, flag) => all | HopFlag[flag], 0);
  return {
    flags,
    decorate(counts, seconds) {
      const count = counts.count(bits);
      if (count === 0) return undefined;
      return { kind, rate: count / seconds, names: counts.names(bits) };
    },
  };
}
