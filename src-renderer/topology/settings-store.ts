/** How this mesh's graph is looked at; kept by the browser for each document. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { engineStore } from '../engine/store.ts';
import { firstLook } from './model/first-look.ts';
import type { FirstLook } from './model/first-look.ts';
import { groupKeys } from './model/graph.ts';
import { DEFAULT_SETTINGS, readSettings } from './model/options.ts';
import type { Filter, GraphSettings } from './model/options.ts';

interface Stored {
  /** Of the document; empty until it is known. */
  readonly path: string;
  readonly settings: GraphSettings;
  /** What holds where nothing else was chosen. */
  readonly look: FirstLook;
}

export const settingsStore = createStore<Stored>(() => ({
  path: '',
  settings: DEFAULT_SETTINGS,
  look: firstLook(0, []),
}));

let lastMesh: unknown;

/** Another document has settings of its own; the same one may have grown. */
engineStore.subscribe(({ state }) => {
  const mesh = state?.document.mesh;
  if (!state || mesh === lastMesh) return;
  lastMesh = mesh;
  const { path } = state.document;
  const look = firstLook(state.document.mesh.services.length, groupKeys(state.document.mesh));
  if (settingsStore.getState().path === path) settingsStore.setState({ look });
  else {
    const settings = readSettings(localStorage.getItem(keyOf(path)));
    settingsStore.setState({ path, settings, look });
  }
});

export function changeSettings(change: Partial<GraphSettings>): void {
  const { path, settings } = settingsStore.getState();
  const next = { ...settings, ...change };
  localStorage.setItem(keyOf(path), JSON.stringify(next));
  settingsStore.setState({ settings: next });
}

export function changeFilter(change: Partial<Filter>): void {
  changeSettings({ filter: { ...settingsStore.getState().settings.filter, ...change } });
}

export function useSettings<T>(select: (settings: GraphSettings) => T): T {
  return useStore(settingsStore, ({ settings }) => select(settings));
}

export function useLook<T>(select: (look: FirstLook) => T): T {
  return useStore(settingsStore, ({ look }) => select(look));
}

/** Whether the table is beside the graph. */
export function isTableShown({ settings, look }: Stored = settingsStore.getState()): boolean {
  return settings.table ?? look.table;
}

export function useTable(): boolean {
  return useStore(settingsStore, isTableShown);
}

/** Whether only what is searched for is laid out. */
export function useFocus(): boolean {
  return useStore(settingsStore, ({ settings, look }) => settings.focus ?? look.focus);
}

function keyOf(path: string): string {
  return `faultline-graph:${path}`;
}
