/** The last minute of every node, second by second; kept by the app itself, since it is for the eye. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { engineStore } from '../engine/store.ts';
import { GATEWAY } from './model/graph.ts';
import { pushRates } from './model/rate-history.ts';
import type { RateHistory } from './model/rate-history.ts';

const EVERY = 1_000;
const NONE: readonly number[] = [];

const rateStore = createStore<{ readonly history: RateHistory }>(() => ({ history: {} }));
let last = -Infinity;

engineStore.subscribe(({ state, connection }) => {
  const now = performance.now();
  // Ticks come four times a second: without them nothing is recorded, and nothing costs anything.
  if (!state || connection !== 'open' || now - last < EVERY) return;
  last = now;
  const nodes = [GATEWAY, ...state.document.mesh.services.map(({ name }) => name)];
  const { history } = rateStore.getState();
  rateStore.setState({ history: pushRates(history, nodes, Object.values(state.edges)) });
});

/** Requests per second of a node, newest last. */
export function useRates(node: string): readonly number[] {
  return useStore(rateStore, ({ history }) => history[node] ?? NONE);
}
