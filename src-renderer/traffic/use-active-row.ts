/** The row that keys act on, and what they and the mouse do with it. */
import { useState } from 'react';
import type { RequestSummary } from '../../src-main/api/contract/index.ts';
import { openTrace, uiStore } from '../app/ui-store.ts';
import { markRange, toggleMark } from './marks-store.ts';

export interface ActiveRow {
  /** Its index; -1: there is none, or it is not among the items any more. */
  readonly at: number;
  /** The request's id. */
  readonly active: number | undefined;
  setActive(id: number | undefined): void;
  /** Opens its trace, or closes it. */
  toggle(request: RequestSummary | undefined): void;
  /** `isRange`: with all between the active row and this one. */
  mark(index: number, isRange: boolean): void;
}

export function useActiveRow(items: readonly RequestSummary[]): ActiveRow {
  const [active, setActive] = useState<number>();
  const at = items.findIndex(({ id }) => id === active);
  return {
    at,
    active,
    setActive,
    toggle(request) {
      if (!request) return;
      setActive(request.id);
      const isOpen = uiStore.getState().trace === request.traceId;
      openTrace(isOpen ? undefined : request.traceId);
    },
    mark(index, isRange) {
      const request = items[index];
      if (request && isRange && at >= 0) markRange(items, at, index);
      else if (request) toggleMark(request);
      setActive(request?.id);
    },
  };
}
