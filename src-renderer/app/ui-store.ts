/** What is selected and open. Nothing of it reaches the engine. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'edge'; readonly from: string; readonly to: string }
  /** The path of one trace: its edges, `from->to`, in the order in which they were first taken. */
  | { readonly kind: 'trace'; readonly traceId: string; readonly edges: readonly string[] };

export type Dialog = 'none' | 'export' | 'help' | 'palette';

export interface UiState {
  readonly selection: Selection;
  readonly search: string;
  readonly dialog: Dialog;
  /** The trace whose waterfall is shown. */
  readonly trace: string | undefined;
  readonly drawerOpen: boolean;
  /** What the list of requests is narrowed by, as it is typed. */
  readonly requestFilter: string;
  /** The list of requests shows only those that went through what is selected. */
  readonly listFollows: boolean;
}

const DRAWER_KEY = 'faultline-drawer';

export const uiStore = createStore<UiState>(() => ({
  selection: { kind: 'none' },
  search: '',
  dialog: 'none',
  trace: undefined,
  requestFilter: '',
  listFollows: true,
  drawerOpen: localStorage.getItem(DRAWER_KEY) !== 'closed',
}));

export function useUi<T>(select: (state: UiState) => T): T {
  return useStore(uiStore, select);
}

export function select(selection: Selection): void {
  uiStore.setState({ selection });
}

export function openDialog(dialog: Dialog): void {
  uiStore.setState({ dialog });
}

export function openTrace(trace: string | undefined): void {
  uiStore.setState({ trace, ...(trace !== undefined && { drawerOpen: true }) });
}

export function toggleDrawer(): void {
  const drawerOpen = !uiStore.getState().drawerOpen;
  localStorage.setItem(DRAWER_KEY, drawerOpen ? 'open' : 'closed');
  uiStore.setState({ drawerOpen });
}
