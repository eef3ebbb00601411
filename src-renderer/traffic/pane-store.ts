/** What of the open trace is shown beside the list. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { openTrace, uiStore } from '../app/ui-store.ts';

export type PaneTab = 'timing' | 'messages';

export interface Pane {
  readonly tab: PaneTab;
  /** Whose messages are shown; undefined: the first hop that has some. */
  readonly span: string | undefined;
  /** The trace that it is compared with, and of which trace that was asked. */
  readonly beside: { readonly traceId: string; readonly of: string } | undefined;
  /** The list makes room. */
  readonly isWide: boolean;
}

export const paneStore = createStore<Pane>(() => ({
  tab: 'timing',
  span: undefined,
  beside: undefined,
  isWide: false,
}));

export function usePane<T>(select: (pane: Pane) => T): T {
  return useStore(paneStore, select);
}

export function showTab(tab: PaneTab): void {
  paneStore.setState({ tab });
}

export function showMessages(span: string | undefined): void {
  paneStore.setState({ tab: 'messages', span });
}

/** Opens a trace with another one beside it, which came before. */
export function openBeside(traceId: string, before: string): void {
  openTrace(traceId);
  paneStore.setState({ beside: { traceId: before, of: traceId } });
}

export function endComparison(): void {
  paneStore.setState({ beside: undefined });
}

// Another trace has other hops, and was compared with nothing.
uiStore.subscribe((now, before) => {
  if (now.trace === before.trace) return;
  const { beside } = paneStore.getState();
  paneStore.setState({
    span: undefined,
    ...(beside?.of !== now.trace && { beside: undefined }),
    ...(now.trace === undefined && { isWide: false }),
  });
});
