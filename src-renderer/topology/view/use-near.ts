import { useEffect, useState } from 'react';
import type { Box } from '../model/geometry.ts';
import { visiblePart } from '../model/viewport.ts';
import { FAR } from './paint.ts';
import type { LaidOutGraph } from './use-layout.ts';
import type { Seen, Viewport } from './use-viewport.ts';

/** What is near enough, and within sight, to be an element of the page. */
export interface Near {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** From afar, all is painted. */
  readonly far: boolean;
}

const NOTHING: Near = { nodes: new Set(), edges: new Set(), far: true };
/** Kept ready around what is seen, in pixels of the screen. */
const MARGIN = 120;
/** So few nodes are all elements, wherever they are: nothing is gained by leaving some out. */
const FEW = 40;

/** Changes only when something comes into sight or goes out of it. */
export function useNear({ graph, layout }: LaidOutGraph, { store }: Viewport): Near {
  const [near, setNear] = useState(NOTHING);
  useEffect(() => {
    const look = (seen: Seen): void => setNear((before) => sameOr(before, nearOf(seen)));
    const nearOf = ({ view, size }: Seen): Near => {
      if (view.k < FAR) return NOTHING;
      const part = visiblePart(view, size);
      const margin = MARGIN / view.k;
      const few = graph.nodes.length <= FEW;
      const isSeen = (box: Box | undefined): boolean =>
        box !== undefined &&
        (few ||
          (box.x < part.x + part.width + margin &&
            box.x + box.width > part.x - margin &&
            box.y < part.y + part.height + margin &&
            box.y + box.height > part.y - margin));
      const nodes = graph.nodes.filter(({ id }) => isSeen(layout.nodes.get(id)));
      const edges = graph.edges.filter(({ id }) => isSeen(layout.edges.get(id)?.label));
      return {
        nodes: new Set(nodes.map(({ id }) => id)),
        edges: new Set(edges.map(({ id }) => id)),
        far: false,
      };
    };
    look(store.getState());
    return store.subscribe(look);
  }, [graph, layout, store]);
  return near;
}

function sameOr(before: Near, after: Near): Near {
  const same =
    before.far === after.far &&
    isSame(before.nodes, after.nodes) &&
    isSame(before.edges, after.edges);
  return same ? before : after;
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
