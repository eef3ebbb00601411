import { useEffect, useMemo, useState } from 'react';
import { useEngine } from '../../engine/store.ts';
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
  const [found, setFound] = useState<LaidOutGraph>();
  useEffect(() => {
    let wanted = true;
    void computeLayout(graph).then((layout) => {
      if (wanted) setFound({ graph, layout });
    });
    return () => {
      wanted = false;
    };
    // The key stands for all of the graph that the layout depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a new graph with the same key needs no layout
  }, [key]);
  return found;
}
