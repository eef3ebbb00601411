import { useEffect, useMemo, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { showToast } from '../../app/toasts.ts';
import { useUi } from '../../app/ui-store.ts';
import { useEngine } from '../../engine/store.ts';
import { dragged } from '../model/drag.ts';
import { focusOf, withNeighbours } from '../model/filter.ts';
import type { Point } from '../model/geometry.ts';
import { buildGraph, graphKey, groupKeys, groupNames, reachedEdges } from '../model/graph.ts';
import type { Graph } from '../model/graph.ts';
import { computeLayout } from '../model/layout-service.ts';
import type { Layout } from '../model/layout.ts';
import { forgetPlaces, readPlaces, writePlaces } from '../places.ts';
import { showGraph } from '../scene-store.ts';
import { changeSettings, useFocus, useLook, useSettings } from '../settings-store.ts';

export interface LaidOutGraph {
  readonly graph: Graph;
  readonly layout: Layout;
}

export interface GraphLayout {
  /** Undefined until the first layout is there; then the old one stays until the new one is. */
  readonly laidOut: LaidOutGraph | undefined;
  readonly grouping: Grouping;
  /** Shows nodes at other places while they are dragged. */
  drag(places: ReadonlyMap<string, Point>): void;
  /** Keeps what was dragged where it is. */
  drop(places: ReadonlyMap<string, Point>): void;
  /** Forgets all places, and lays out as at first sight. */
  reset(): void;
}

export interface Grouping {
  /** Keys of labels by which can be grouped. */
  readonly keys: readonly string[];
  /** Empty: not grouped. */
  readonly groupBy: string;
  readonly names: readonly string[];
  readonly collapsed: ReadonlySet<string>;
}

/** A large mesh is grouped, with its groups closed, until somebody says otherwise. */
export function useGrouping(): Grouping {
  const mesh = useEngine(({ document }) => document.mesh);
  const chosen = useSettings(({ groupBy }) => groupBy);
  const closed = useSettings(({ collapsed }) => collapsed);
  const look = useLook((found) => found);
  return useMemo(() => {
    const keys = groupKeys(mesh);
    const wanted = chosen ?? look.groupBy;
    const groupBy = keys.includes(wanted) ? wanted : '';
    const names = groupBy === '' ? [] : groupNames(mesh, groupBy);
    const collapsed = new Set(closed ?? (look.closed ? names : []));
    return { keys, groupBy, names, collapsed };
  }, [mesh, chosen, closed, look]);
}

export function toggleGroup({ collapsed }: Grouping, name: string): void {
  const next = new Set(collapsed);
  if (!next.delete(name)) next.add(name);
  changeSettings({ collapsed: [...next] });
}

/** The graph with its places. */
export function useLayout(): GraphLayout {
  const grouping = useGrouping();
  const graph = useGraph(grouping);
  const path = useEngine(({ document }) => document.path);
  const focused = useFocus();
  const key = graphKey(graph);
  const mode = useMode(grouping, focused);
  const [found, setFound] = useState<LaidOutGraph & { readonly key: string }>();
  const [dragging, setDragging] = useState<ReadonlyMap<string, Point>>();
  const last = useRef<{ readonly mode: string; readonly layout: Layout }>(undefined);
  const task = useRef(0);
  const compute = (known: ReadonlyMap<string, Point>, before: Layout | undefined): void => {
    const mine = ++task.current;
    computeLayout(graph, known, before).then(
      (layout) => {
        if (mine !== task.current) return;
        last.current = { mode, layout };
        if (!focused) writePlaces(path, mode, layout.nodes);
        setFound({ key, graph, layout });
        setDragging(undefined);
      },
      (error: Error) => showToast('error', `The graph could not be laid out: ${error.message}`),
    );
  };
  useEffect(() => {
    const before = last.current?.mode === mode ? last.current.layout : undefined;
    compute(focused ? new Map() : (before?.nodes ?? readPlaces(path, mode)), before);
    // The key stands for all of the graph that the layout depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a new graph with the same key needs no layout
  }, [key, mode, path]);
  // The same places, but the newest names of versions.
  const shown = found && (found.key === key ? graph : found.graph);
  useEffect(() => {
    if (shown) showGraph(shown);
  }, [shown]);
  const laidOut = useMemo(() => {
    if (!found || !shown) return undefined;
    const layout = dragging ? dragged(shown, found.layout, dragging) : found.layout;
    return { graph: shown, layout };
  }, [found, shown, dragging]);
  return {
    laidOut,
    grouping,
    drag: setDragging,
    drop: (places) => {
      if (!found) return;
      setDragging(places);
      compute(new Map([...found.layout.nodes, ...places]), found.layout);
    },
    reset: () => {
      forgetPlaces(path, mode);
      compute(new Map(), undefined);
    },
  };
}

function useGraph({ groupBy, collapsed }: Grouping): Graph {
  const mesh = useEngine(({ document }) => document.mesh);
  const reached = useEngine(
    useShallow(({ document, edges }) => reachedEdges(document.mesh, edges)),
  );
  const search = useUi((ui) => ui.search);
  const focused = useFocus();
  const asked = focused ? search : '';
  const waits = useLook(({ focus }) => focus) && focused && asked === '';
  /** Where nothing is searched for, what is selected is drawn, if anything is. */
  const selected = useUi(({ selection }) =>
    waits && selection.kind === 'service' ? selection.name : undefined,
  );
  return useMemo(
    () =>
      buildGraph(mesh, {
        reached,
        ...(groupBy !== '' && { groupBy }),
        collapsed: asked === '' ? collapsed : new Set(),
        only: waits
          ? withNeighbours(mesh.services, (name) => name === selected)
          : focusOf(mesh.services, asked),
      }),
    [mesh, reached, groupBy, collapsed, asked, waits, selected],
  );
}

/** Places are kept apart for each way of grouping. */
function useMode({ groupBy, collapsed }: Grouping, focused: boolean): string {
  if (groupBy === '') return focused ? 'focus' : '';
  return `${focused ? 'focus ' : ''}${groupBy}: ${[...collapsed].sort().join(' ')}`;
}
