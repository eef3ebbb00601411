import { useEffect, useMemo, useRef, useState } from 'react';
import { showToast } from '../../app/toasts.ts';
import { useEngine } from '../../engine/store.ts';
import type { Box } from '../model/geometry.ts';
import { buildGraph, graphKey } from '../model/graph.ts';
import type { Graph } from '../model/graph.ts';
import { computeLayout } from '../model/layout-service.ts';
import type { Layout } from '../model/layout.ts';

export interface LaidOutGraph {
  readonly graph: Graph;
  readonly layout: Layout;
}

/** The graph with its places; the old one stays until the new one is there. */
export function useLayout(): LaidOutGraph | undefined {
  const mesh = useEngine(({ document }) => document.mesh);
  const graph = useMemo(() => buildGraph(mesh), [mesh]);
  const key = graphKey(graph);
  const [found, setFound] = useState<LaidOutGraph & { readonly key: string }>();
  const places = useRef<ReadonlyMap<string, Box>>(new Map());
  useEffect(() => {
    let wanted = true;
    computeLayout(graph, places.current).then(
      (layout) => {
        if (!wanted) return;
        places.current = layout.nodes;
        setFound({ key, graph, layout });
      },
      (error: Error) => showToast('error', `The graph could not be laid out: ${error.message}`),
    );
    return () => {
      wanted = false;
    };
    // The key stands for all of the graph that the layout depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a new graph with the same key needs no layout
  }, [key]);
  return useMemo(
    // The same places, but the newest names of versions.
    () => found && { graph: found.key === key ? graph : found.graph, layout: found.layout },
    [found, graph, key],
  );
}
