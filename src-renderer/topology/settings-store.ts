/** How this mesh's graph is looked at; kept by the browser for each document. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { engineStore } from '../engine/store.ts';
import { DEFAULT_SETTINGS, readSettings } from './model/options.ts';
import type { Filter, GraphSettings } from './model/options.ts';

interface Stored {
  /** Of the document; empty until it is known. */
  readonly path: string;
  readonly settings: GraphSettings;
}

export const settingsStore = createStore<Stored>(() => ({ path: '', settings: DEFAULT_SETTINGS }));

/** Another document has settings of its own. */
engineStore.subscribe(({ state }) => {
  const path = state?.document.path;
  if (path === undefined || settingsStore.getState().path === path) return;
  settingsStore.setState({ path, settings: readSettings(localStorage.getItem(keyOf(path))) });
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

function keyOf(path: string): string {
  return `faultline-graph:${path}`;
}
