import { useRef, useState } from 'react';
import type { RequestSummary } from '../../src-main/api/contract/index.ts';

export interface HeldList {
  readonly shown: readonly RequestSummary[];
  /** Why it stands still; undefined: it is live. */
  readonly held: 'paused' | 'looking' | undefined;
  /** How many have come since. */
  readonly newer: number;
  togglePause(): void;
  /** Somebody points at the list, works in it by keyboard, or has scrolled away from its top. */
  look(): void;
  lookAway(): void;
}

type Frozen = { readonly list: readonly RequestSummary[]; readonly why: 'paused' | 'looking' };

/**
 * A list that stands still while somebody looks at it closely: what moves away under the pointer
 * cannot be clicked.
 */
export function useHeld(live: readonly RequestSummary[]): HeldList {
  const [frozen, setFrozen] = useState<Frozen>();
  const newest = useRef(live);
  newest.current = live;
  return {
    shown: frozen?.list ?? live,
    held: frozen?.why,
    newer: frozen ? newerThan(frozen.list, live) : 0,
    togglePause: () =>
      setFrozen(
        frozen?.why === 'paused' ? undefined : { list: frozen?.list ?? live, why: 'paused' },
      ),
    look: () => setFrozen((before) => before ?? { list: newest.current, why: 'looking' }),
    lookAway: () => setFrozen((before) => (before?.why === 'looking' ? undefined : before)),
  };
}

function newerThan(list: readonly RequestSummary[], live: readonly RequestSummary[]): number {
  const last = list.at(-1);
  if (!last) return live.length;
  return live.length - 1 - live.lastIndexOf(last);
}
