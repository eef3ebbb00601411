/** Where everything stands. Computed in a worker, and only when the set of nodes or edges changes. */
import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import type { Graph, GraphNode } from './graph.ts';
import { shiftBetween, toCurve, trackOf } from './geometry.ts';
import type { Box, Curve, Point, Track } from './geometry.ts';
import { placeLabels } from './labels.ts';

export interface LaidOutEdge {
  readonly curve: Curve;
  readonly track: Track;
  readonly label: Box;
}

export interface Layout {
  /** Around all of it. */
  readonly bounds: Box;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, LaidOutEdge>;
}

export const NODE_WIDTH = 156;
const NODE_HEIGHT = 60;
/** A service with several versions shows them in a row of their own. */
const VERSIONS_HEIGHT = 26;
export const LABEL = { width: 72, height: 34 };
/** Between two layers: room for a label and a little line on both its sides. */
const LAYER_GAP = 90;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'SPLINES',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(LAYER_GAP),
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.spacing.nodeNode': '42',
  'elk.spacing.edgeNode': '28',
  'elk.spacing.edgeEdge': '32',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
} as const;

const FRESH = {
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
} as const;

/** Every step takes the places that the nodes have as its guide. */
const SEEDED = {
  'elk.layered.cycleBreaking.strategy': 'INTERACTIVE',
  'elk.layered.layering.strategy': 'INTERACTIVE',
  'elk.layered.crossingMinimization.strategy': 'INTERACTIVE',
  'elk.layered.nodePlacement.strategy': 'INTERACTIVE',
} as const;

export function nodeHeight({ versions }: GraphNode): number {
  return versions.length > 1 ? NODE_HEIGHT + VERSIONS_HEIGHT : NODE_HEIGHT;
}

/** `seed`: the places so far; empty for a first layout. */
export function toElk(graph: Graph, seed: ReadonlyMap<string, Box>): ElkNode {
  const places = graph.nodes.some(({ id }) => seed.has(id)) ? seedPlaces(graph, seed) : undefined;
  return {
    id: 'root',
    layoutOptions: { ...OPTIONS, ...(places ? SEEDED : FRESH) },
    children: graph.nodes.map((node) => ({
      id: node.id,
      width: NODE_WIDTH,
      height: nodeHeight(node),
      ...places?.get(node.id),
    })),
    edges: graph.edges.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  };
}

/** Known nodes stay; a new one is put to the right of its callers, at their mean height. */
export function seedPlaces(graph: Graph, seed: ReadonlyMap<string, Box>): Map<string, Point> {
  const places = new Map<string, Point>();
  for (const { id } of graph.nodes) {
    const known = seed.get(id);
    if (known) places.set(id, { x: known.x, y: known.y });
  }
  for (const { id } of graph.nodes) {
    if (places.has(id)) continue;
    const callers = graph.edges
      .filter(({ to }) => to === id)
      .flatMap(({ from }) => places.get(from) ?? []);
    const xs = callers.map(({ x }) => x + NODE_WIDTH + LAYER_GAP);
    const meanY = callers.reduce((sum, { y }) => sum + y, 0) / Math.max(1, callers.length);
    places.set(id, { x: Math.max(0, ...xs), y: meanY + NODE_HEIGHT });
  }
  return places;
}

export function fromElk(result: ElkNode, seed: ReadonlyMap<string, Box>): Layout {
  const raw = new Map<string, Box>(
    (result.children ?? []).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [
      id,
      { x, y, width, height },
    ]),
  );
  // ELK begins each drawing at its own corner: moved back, so that what stayed stays on the screen.
  const by = shiftBetween(raw, seed);
  const move = <P extends Point>(point: P): P => ({
    ...point,
    x: point.x + by.x,
    y: point.y + by.y,
  });
  const nodes = new Map([...raw].map(([id, box]) => [id, move(box)]));
  const found = (result.edges ?? []).map((edge) => {
    const curve = toCurve(pointsOf(edge).map(move));
    return { id: edge.id, curve, track: trackOf(curve) };
  });
  const tracks = found.map(({ track }) => track);
  const labels = placeLabels(tracks, [...nodes.values()], LABEL);
  return {
    bounds: move({ x: 0, y: 0, width: result.width ?? 0, height: result.height ?? 0 }),
    nodes,
    edges: new Map(
      found.map(({ id, curve, track }, i) => [id, { curve, track, label: labels[i] as Box }]),
    ),
  };
}

function pointsOf(edge: ElkExtendedEdge): Point[] {
  const section = edge.sections?.[0];
  if (!section) throw new Error(`the layout has no line for ${edge.id}`);
  return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
}

export async function layOut(
  elk: Pick<ELK, 'layout'>,
  graph: Graph,
  seed: ReadonlyMap<string, Box>,
): Promise<Layout> {
  return fromElk(await elk.layout(toElk(graph, seed)), seed);
}
