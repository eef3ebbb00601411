/** Warnings and errors that nobody has looked at yet. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useShallow } from 'zustand/react/shallow';
import { useEngine } from '../../engine/store.ts';

/** The newest event that was on the screen. */
const seenStore = createStore<{ seen: number }>(() => ({ seen: 0 }));

export interface Unread {
  readonly count: number;
  readonly kind: 'error' | 'warning';
  readonly meaning: string;
}

export function useUnread(): Unread | undefined {
  const seen = useStore(seenStore, (state) => state.seen);
  const [errors, warnings] = useEngine(
    useShallow(({ events }) => {
      const unread = events.filter(({ id }) => id > seen);
      const of = (wanted: string): number =>
        unread.filter(({ severity }) => severity === wanted).length;
      return [of('error'), of('warning')] as const;
    }),
  );
  if (errors > 0) return { count: errors, kind: 'error', meaning: 'errors that are new' };
  return warnings > 0
    ? { count: warnings, kind: 'warning', meaning: 'warnings that are new' }
    : undefined;
}

/** While it is shown, all that happens is seen. */
export function useSeeing(): void {
  const newest = useEngine(({ events }) => events.at(-1)?.id ?? 0);
  useEffect(() => seenStore.setState({ seen: newest }), [newest]);
}
