/** What is selected and open. Nothing of it reaches the engine. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { HOME } from './routes.ts';
import type { Screen, Selected, ServiceTab } from './routes.ts';

export type Selection =
  | Selected
  /** The path of one trace: its edges, `from->to`, in the order in which they were first taken. */
  | { readonly kind: 'trace'; readonly traceId: string; readonly edges: readonly string[] };

export type Dialog = 'none' | 'export' | 'help' | 'palette';

export interface UiState {
  readonly screen: Screen;
  /** Of the service's page. */
  readonly tab: ServiceTab;
  /** The moment that is looked at, in milliseconds since 1970. */
  readonly at: number | undefined;
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
  ...HOME,
  search: '',
  dialog: 'none',
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

/** What of a selection a link can name. */
export function linkable(selection: Selection): Selected {
  return selection.kind === 'trace' ? HOME.selection : selection;
}

/** `selection`: what is selected there; left out, what is selected now. */
export function showScreen(screen: Screen, selection?: Selection): void {
  uiStore.setState({ screen, ...(selection && { selection }) });
}

/** The page of a service. */
export function openService(name: string, tab: ServiceTab = 'overview'): void {
  uiStore.setState({ screen: 'service', selection: { kind: 'service', name }, tab });
}

/** The timeline, at a moment in milliseconds since 1970. */
export function openTimeline(at?: number): void {
  uiStore.setState({ screen: 'timeline', at });
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
