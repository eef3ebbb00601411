import { useMemo } from 'react';
import { useUi } from '../../app/ui-store.ts';
import type { Selection } from '../../app/ui-store.ts';
import { edgeId } from '../model/graph.ts';
import type { Graph } from '../model/graph.ts';
import { fitsSearch } from '../model/search.ts';

/** What stands out, and what steps back. The same object until something about it changes. */
export interface Emphasis {
  isFaded(kind: 'node' | 'edge', id: string): boolean;
  isSelected(kind: 'node' | 'edge', id: string): boolean;
}

export function useEmphasis(graph: Graph | undefined): Emphasis {
  const search = useUi((ui) => ui.search);
  const selection = useUi((ui) => ui.selection);
  return useMemo(() => {
    const nodes = selectedNodes(selection);
    const edges = selectedEdges(selection);
    const path = selection.kind === 'trace' ? pathOf(graph, edges) : undefined;
    const fits = (id: string): boolean => fitsSearch(search, id);
    const ends = new Map(graph?.edges.map(({ id, from, to }) => [id, [from, to]] as const));
    return {
      isFaded: (kind, id) => {
        if (path && !(kind === 'node' ? path.nodes : path.edges).has(id)) return true;
        return kind === 'node' ? !fits(id) : !(ends.get(id) ?? []).some(fits);
      },
      isSelected: (kind, id) => (kind === 'node' ? nodes.has(id) : (path?.edges ?? edges).has(id)),
    };
  }, [graph, search, selection]);
}

function selectedNodes(selection: Selection): Set<string> {
  return new Set(selection.kind === 'service' ? [selection.name] : []);
}

function selectedEdges(selection: Selection): Set<string> {
  if (selection.kind === 'edge') return new Set([edgeId(selection.from, selection.to)]);
  return new Set(selection.kind === 'trace' ? selection.edges : []);
}

/** The edges of a trace as the graph shows them, groups that are collapsed included. */
function pathOf(graph: Graph | undefined, edges: ReadonlySet<string>) {
  const found = (graph?.edges ?? []).filter(({ parts }) => parts.some((part) => edges.has(part)));
  return {
    edges: new Set(found.map(({ id }) => id)),
    nodes: new Set(found.flatMap(({ from, to }) => [from, to])),
  };
}
