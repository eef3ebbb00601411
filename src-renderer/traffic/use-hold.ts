import { useCallback, useState } from 'react';

/** Why the list stands still; undefined: it is live. */
export type Hold = 'paused' | 'looking' | undefined;

export interface HoldControl {
  readonly hold: Hold;
  togglePause(): void;
  /** Somebody points at the list, works in it by keyboard, or has scrolled away from its top. */
  look(): void;
  lookAway(): void;
  /** Whatever the reason was. */
  release(): void;
}

/**
 * A list that stands still while somebody looks at it closely: what moves away under the pointer
 * cannot be clicked.
 */
export function useHold(): HoldControl {
  const [hold, setHold] = useState<Hold>();
  return {
    hold,
    togglePause: useCallback(() => setHold((now) => (now === 'paused' ? undefined : 'paused')), []),
    look: useCallback(() => setHold((now) => now ?? 'looking'), []),
    lookAway: useCallback(() => setHold((now) => (now === 'looking' ? undefined : now)), []),
    release: useCallback(() => setHold(undefined), []),
  };
}
