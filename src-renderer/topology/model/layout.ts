/** Where everything stands. Computed in a worker, and only when the set of nodes or edges changes. */
import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import type { Graph, GraphNode } from './graph.ts';
import { placeLabels, toCurve, trackOf } from './geometry.ts';
import type { Box, Curve, Point, Track } from './geometry.ts';

export interface LaidOutEdge {
  readonly curve: Curve;
  readonly track: Track;
  readonly label: Box;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, LaidOutEdge>;
}

export const NODE_WIDTH = 152;
const NODE_HEIGHT = 62;
/** A service with several versions shows them in a row of their own. */
const VERSIONS_HEIGHT = 28;
export const LABEL = { width: 68, height: 34 };

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'SPLINES',
  'elk.layered.spacing.nodeNodeBetweenLayers': '88',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.spacing.nodeNode': '56',
  'elk.spacing.edgeNode': '36',
  'elk.spacing.edgeEdge': '38',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
} as const;

export function nodeHeight({ versions }: GraphNode): number {
  return versions.length > 1 ? NODE_HEIGHT + VERSIONS_HEIGHT : NODE_HEIGHT;
}

export function toElk(graph: Graph): ElkNode {
  return {
    id: 'root',
    layoutOptions: OPTIONS,
    children: graph.nodes.map((node) => ({
      id: node.id,
      width: NODE_WIDTH,
      height: nodeHeight(node),
    })),
    edges: graph.edges.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  };
}

export function fromElk(result: ElkNode): Layout {
  const nodes = new Map<string, Box>(
    (result.children ?? []).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => [
      id,
      { x, y, width, height },
    ]),
  );
  const found = (result.edges ?? []).map((edge) => {
    const curve = toCurve(pointsOf(edge));
    return { id: edge.id, curve, track: trackOf(curve) };
  });
  const labels = placeLabels(
    found.map(({ track }) => track),
    [...nodes.values()],
    LABEL,
  );
  return {
    width: result.width ?? 0,
    height: result.height ?? 0,
    nodes,
    edges: new Map(
      found.map(({ id, curve, track }, i) => [id, { curve, track, label: labels[i] as Box }]),
    ),
  };
}

function pointsOf(edge: ElkExtendedEdge): Point[] {
  const section = edge.sections?.[0];
  if (!section)
    return [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ];
  return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
}

export async function layOut(elk: ELK, graph: Graph): Promise<Layout> {
  return fromElk(await elk.layout(toElk(graph)));
}
