import { useMemo } from 'react';
import { useEngine } from '../engine/store.ts';
import { marksOf } from './marks.ts';
import type { Mark } from './marks.ts';

/** What charts mark: every event of note, or those of a service. */
export function useMarks(service?: string): readonly Mark[] {
  const events = useEngine((state) => state.events);
  return useMemo(() => marksOf(events, service), [events, service]);
}
