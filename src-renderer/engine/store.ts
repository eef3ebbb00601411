/** The app's copy of the engine's state. Components select the smallest part that they show. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Delta, State } from '../../src-main/api/contract/index.ts';
import { applyDelta } from './apply.ts';

export interface EngineView {
  /** Undefined until the engine has told it for the first time. */
  readonly state: State | undefined;
  /** `locked`: this tab has no token, and no other tab that is open has one. */
  readonly connection: 'connecting' | 'open' | 'lost' | 'locked';
}

export const engineStore = createStore<EngineView>(() => ({
  state: undefined,
  connection: 'connecting',
}));

type RequestsDelta = Extract<Delta, { kind: 'requests' }>;
const followers = new Set<(delta: RequestsDelta) => void>();

/** Calls `follow` whenever requests have ended; returns what stops that. */
export function followRequests(follow: (delta: RequestsDelta) => void): () => void {
  followers.add(follow);
  return () => void followers.delete(follow);
}

export function takeDeltas(deltas: readonly Delta[]): void {
  const { state } = engineStore.getState();
  if (!state) return;
  engineStore.setState({ state: deltas.reduce(applyDelta, state) });
  for (const delta of deltas) {
    if (delta.kind === 'requests') for (const follow of followers) follow(delta);
  }
}

/** Selects from the state; for components below the frame, which shows them only once it is there. */
export function useEngine<T>(select: (state: State) => T): T {
  return useStore(engineStore, ({ state }) => {
    if (!state) throw new Error('shown before the engine has told its state');
    return select(state);
  });
}

export function useConnection(): EngineView['connection'] {
  return useStore(engineStore, ({ connection }) => connection);
}

export function useHasState(): boolean {
  return useStore(engineStore, ({ state }) => state !== undefined);
}
