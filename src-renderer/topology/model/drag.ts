/** A node on its way to another place: its lines follow at once, their proper ways are found later. */
import { isSameBox } from './geometry.ts';
import type { Box, Point } from './geometry.ts';
import type { Graph } from './graph.ts';
import { groupBoxes, LABEL } from './layout.ts';
import type { LaidOutEdge, Layout } from './layout.ts';
import { portsOf } from './layered/ports.ts';
import { routeBetween, routeToSelf } from './route.ts';

/** `places`: upper left corners of what is dragged. */
export function dragged(graph: Graph, layout: Layout, places: ReadonlyMap<string, Point>): Layout {
  const nodes = new Map(
    [...layout.nodes].map(([id, box]) => [id, { ...box, ...places.get(id) }] as const),
  );
  const touched = graph.edges.filter(({ from, to }) =>
    [from, to].some((end) => !isSameBox(nodes.get(end), layout.nodes.get(end))),
  );
  const edges = new Map<string, LaidOutEdge>(layout.edges);
  const ports = portsOf(
    touched.map((edge) => ({ ...edge, bends: [] })),
    nodes,
  );
  for (const { id, from, to } of touched) {
    const ends = ports.get(id);
    if (!ends) continue;
    const curve =
      from === to ? routeToSelf(nodes.get(from) as Box) : routeBetween(ends.start, ends.end, []);
    edges.set(id, { curve, label: middle(ends.start, ends.end) });
  }
  return { ...layout, nodes, edges, groups: groupBoxes(graph, nodes) };
}

function middle(a: Point, b: Point): Box {
  return { x: (a.x + b.x - LABEL.width) / 2, y: (a.y + b.y - LABEL.height) / 2, ...LABEL };
}
