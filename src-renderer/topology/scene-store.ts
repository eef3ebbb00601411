/**
 * What the graph shows now: made once for each tick from the engine's state (or from a moment that is
 * gone), so that every node and edge only has to look itself up.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { State } from '../../src-main/api/contract/index.ts';
import { engineStore } from '../engine/store.ts';
import type { Graph } from './model/graph.ts';
import { visibleOf } from './model/filter.ts';
import type { Visible } from './model/filter.ts';
import { isFiltering } from './model/options.ts';
import { sceneOf } from './model/scene.ts';
import type { EdgeScene, NodeScene, Scene } from './model/scene.ts';
import { momentStore } from './moment-store.ts';
import { settingsStore } from './settings-store.ts';

interface SceneState {
  readonly graph: Graph;
  readonly scene: Scene;
  /** Undefined: everything. */
  readonly visible: Visible | undefined;
  /** What the figures were read from: another one has other requests. */
  readonly source: unknown;
}

const NOTHING: SceneState = {
  graph: { nodes: [], edges: [] },
  scene: { edges: new Map(), nodes: new Map() },
  visible: undefined,
  source: undefined,
};

export const sceneStore = createStore<SceneState>(() => NOTHING);

/** The graph that is to be shown from now on. */
export function showGraph(graph: Graph): void {
  update(graph);
}

let seen: readonly unknown[] = [];

function update(graph: Graph): void {
  const { state } = engineStore.getState();
  const { at, moment } = momentStore.getState();
  const { filter } = settingsStore.getState().settings;
  if (!state) return;
  // While it is paused, ticks change nothing of what is shown.
  const live = at === undefined || !moment ? [state.edges, state.nodeBadges] : [];
  const parts = [graph, state.instances, state.document, moment, at, filter, ...live];
  if (parts.length === seen.length && parts.every((part, i) => part === seen[i])) return;
  seen = parts;
  const scene = sceneOf({ graph, ...inputOf(state) });
  const visible = isFiltering(filter) ? visibleOf(graph, scene, filter) : undefined;
  const source = moment && at !== undefined ? moment : state.edges;
  sceneStore.setState({ graph, scene, visible, source });
}

function inputOf(state: State) {
  const { mesh } = state.document;
  const instances = Object.values(state.instances);
  const { at, moment } = momentStore.getState();
  if (at === undefined || !moment) {
    return { mesh, instances, edges: state.edges, nodeBadges: state.nodeBadges };
  }
  return {
    // What the document has in force now says nothing of then: only what acted is drawn.
    mesh: { ...mesh, faults: [], instanceFaults: [] },
    instances: instances.map(({ avoided: _, ...rest }) => rest),
    edges: Object.fromEntries(moment.edges.map((edge) => [`${edge.from}->${edge.to}`, edge])),
    nodeBadges: Object.fromEntries(moment.nodes.map((one) => [one.node, one])),
  };
}

const again = (): void => {
  update(sceneStore.getState().graph);
};
engineStore.subscribe(again);
momentStore.subscribe(again);
settingsStore.subscribe(again);

export function useEdgeScene(id: string): EdgeScene | undefined {
  return useStore(sceneStore, ({ scene }) => scene.edges.get(id));
}

export function useNodeScene(id: string): NodeScene | undefined {
  return useStore(sceneStore, ({ scene }) => scene.nodes.get(id));
}

export function useVisible(): Visible | undefined {
  return useStore(sceneStore, ({ visible }) => visible);
}
