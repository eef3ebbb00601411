/** Requests of the list that were marked, to compare or to save them. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RequestSummary } from '../../src-main/api/contract/index.ts';

/** In the order in which they were marked, by their ids. */
export type Marks = ReadonlyMap<number, RequestSummary>;

export const marksStore = createStore<{ readonly marks: Marks }>(() => ({ marks: new Map() }));

export function useMarks(): Marks {
  return useStore(marksStore, ({ marks }) => marks);
}

export function toggleMark(request: RequestSummary): void {
  marksStore.setState(({ marks }) => ({ marks: withToggled(marks, request) }));
}

/** Marks all from one to another one, both included. */
export function markRange(items: readonly RequestSummary[], from: number, to: number): void {
  const [first, last] = from < to ? [from, to] : [to, from];
  const range = items.slice(Math.max(0, first), last + 1);
  marksStore.setState(({ marks }) => ({
    marks: new Map([...marks, ...range.map((one) => [one.id, one] as const)]),
  }));
}

export function clearMarks(): void {
  marksStore.setState({ marks: new Map() });
}

/** Pure. */
export function withToggled(marks: Marks, request: RequestSummary): Marks {
  const next = new Map(marks);
  if (!next.delete(request.id)) next.set(request.id, request);
  return next;
}

/** The two that are marked, the earlier one first; undefined where it is not two. Pure. */
export function pairOf(marks: Marks): readonly [RequestSummary, RequestSummary] | undefined {
  const [one, other, ...more] = [...marks.values()].sort((a, b) => a.start - b.start);
  return one && other && more.length === 0 ? [one, other] : undefined;
}
