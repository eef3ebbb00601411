/**
 * Where everything stands. Computed in a worker, and only when the set of nodes or edges changes; what
 * has a place keeps it.
 */
import {
  boundsOf,
  grown,
  isSameBox,
  moved,
  overlapOf,
  toCurveThrough,
  trackOf,
} from './geometry.ts';
import type { Box, Curve, Point } from './geometry.ts';
import { GATEWAY } from './graph.ts';
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { placeLabels } from './labels.ts';
import { layered } from './layered/layered.ts';
import { portsOf } from './layered/ports.ts';
import { groupBy } from './layered/ranks.ts';
import { routeBetween, routeToSelf } from './route.ts';

export interface LaidOutEdge {
  readonly curve: Curve;
  readonly label: Box;
}

/** Plain data: it comes from a worker. */
export interface Layout {
  /** Around all of it. */
  readonly bounds: Box;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, LaidOutEdge>;
  /** Boxes around the groups that are not collapsed, by name. */
  readonly groups: ReadonlyMap<string, Box>;
}

export const NODE_WIDTH = 156;
const NODE_HEIGHT = 60;
/** A service with several versions shows them in a row of their own. */
const VERSIONS_HEIGHT = 26;
export const LABEL = { width: 72, height: 34 };
/** Between two columns: room for a label and a little line on both its sides. */
const COLUMN_GAP = 96;
const GAPS = { node: 40, line: 22, mixed: 26 };
/** Around the nodes of a group, and for its name above them. */
const GROUP = { padding: 18, head: 24 };
/** Of groups among each other lines are bundled, so that there is less between them. */
const GROUP_GAPS = { node: 56, line: 20, mixed: 34 };
const MARGIN = 8;

export function nodeHeight({ versions }: GraphNode): number {
  return versions.length > 1 ? NODE_HEIGHT + VERSIONS_HEIGHT : NODE_HEIGHT;
}

/**
 * `known`: places of some nodes, which they keep. `before`: the layout so far; lines between nodes that
 * stay where they are stay as well.
 */
export function layOut(
  graph: Graph,
  known: ReadonlyMap<string, Point> = new Map(),
  before?: Layout,
): Layout {
  const fresh = layOutAnew(graph, heightsOf(known));
  const isKnown = graph.nodes.some(({ id }) => known.has(id));
  const nodes = isKnown ? keptPlaces(graph, known) : fresh.nodes;
  return drawn(graph, nodes, [before, fresh]);
}

interface Drawn {
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, { readonly curve: Curve; readonly label?: Box }>;
}

function heightsOf(known: ReadonlyMap<string, Point>): Map<string, number> {
  return new Map([...known].map(([id, { y }]) => [id, y]));
}

/** Lines and labels for nodes at these places; what `drafts` have for the same places is taken over. */
function drawn(
  graph: Graph,
  nodes: ReadonlyMap<string, Box>,
  drafts: readonly (Drawn | undefined)[],
): Layout {
  const taken = new Map(graph.edges.flatMap((edge) => draftOf(edge, nodes, drafts)));
  const open = graph.edges.filter(({ id }) => !taken.has(id));
  const ports = portsOf(
    open.map((edge) => ({ ...edge, bends: [] })),
    nodes,
  );
  const obstacles = [...nodes.values()];
  const curveOf = ({ id, from, to }: GraphEdge): Curve | undefined => {
    const ends = ports.get(id);
    const known = taken.get(id)?.curve;
    if (known || !ends) return known;
    if (from === to) return routeToSelf(nodes.get(from) as Box);
    const others = obstacles.filter((box) => box !== nodes.get(from) && box !== nodes.get(to));
    return routeBetween(ends.start, ends.end, others);
  };
  const curves = graph.edges.flatMap((edge) => {
    const curve = curveOf(edge);
    return curve ? [{ id: edge.id, curve }] : [];
  });
  const kept = new Map(
    curves.flatMap(({ id }, i) => {
      const label = taken.get(id)?.label;
      return label ? [[i, label] as const] : [];
    }),
  );
  const tracks = curves.map(({ curve }) => trackOf(curve));
  const labels = placeLabels(tracks, obstacles, LABEL, kept);
  const groups = groupBoxes(graph, nodes);
  const edges = new Map(curves.map(({ id, curve }, i) => [id, { curve, label: labels[i] as Box }]));
  const bounds = boundsOf([...nodes.values(), ...groups.values(), ...labels]);
  return {
    bounds: bounds ? grown(bounds, MARGIN) : { x: 0, y: 0, width: 1, height: 1 },
    nodes,
    edges,
    groups,
  };
}

/** Of a draft in which both ends of the edge stand where they stand now. */
function draftOf(
  { id, from, to }: GraphEdge,
  nodes: ReadonlyMap<string, Box>,
  drafts: readonly (Drawn | undefined)[],
): [string, { readonly curve: Curve; readonly label?: Box }][] {
  for (const draft of drafts) {
    const edge = draft?.edges.get(id);
    const stays = [from, to].every((end) => isSameBox(draft?.nodes.get(end), nodes.get(end)));
    if (edge && stays) return [[id, edge]];
  }
  return [];
}

/** `seed`: heights that nodes had: they keep their order. */
function layOutAnew(graph: Graph, seed: ReadonlyMap<string, number>): Drawn {
  const clusters = groupBy(graph.nodes, ({ id, group }) =>
    group === undefined ? id : boxId(group),
  );
  const inner = new Map(
    [...clusters].map(([id, members]) => [id, layOutCluster(graph, id, members, seed)] as const),
  );
  const clusterOf = new Map(
    [...clusters].flatMap(([cluster, members]) => members.map(({ id }) => [id, cluster] as const)),
  );
  const links = new Map<string, { id: string; from: string; to: string }>();
  for (const edge of graph.edges) {
    const [from, to] = [clusterOf.get(edge.from) ?? '', clusterOf.get(edge.to) ?? ''];
    if (from !== to) links.set(`${from}=>${to}`, { id: `${from}=>${to}`, from, to });
  }
  const isGrouped = clusters.size < graph.nodes.length;
  const outer = layered(
    [...inner].map(([id, { width, height }]) => ({
      ...{ id, width, height },
      pin: id === GATEWAY ? ('first' as const) : undefined,
    })),
    [...links.values()],
    { columnGap: COLUMN_GAP, gaps: isGrouped ? GROUP_GAPS : GAPS, seed },
  );
  const nodes = new Map<string, Box>();
  const edges = new Map<string, { readonly curve: Curve }>();
  for (const [id, cluster] of inner) {
    const { x, y } = outer.nodes.get(id) as Box;
    for (const [node, box] of cluster.nodes) nodes.set(node, moved(box, x, y));
    for (const [edge, curve] of cluster.curves) {
      edges.set(edge, { curve: curve.map((point) => moved(point, x, y)) });
    }
  }
  const between = graph.edges.flatMap((edge) => {
    const [from, to] = [clusterOf.get(edge.from), clusterOf.get(edge.to)];
    const curve = outer.curves.get(`${from}=>${to}`);
    // Through the ends of the straight pieces: those are where it passes a column.
    return curve ? [{ ...edge, bends: curve.filter((_, i) => i % 3 === 0) }] : [];
  });
  if (!isGrouped) {
    for (const { id, from, to } of between) {
      const curve = outer.curves.get(`${from}=>${to}`);
      if (curve) edges.set(id, { curve });
    }
    return { nodes, edges };
  }
  for (const [id, { start, end }] of portsOf(between, nodes)) {
    const bends = between.find((one) => one.id === id)?.bends ?? [];
    edges.set(id, { curve: toCurveThrough([start, ...bends, end]) });
  }
  return { nodes, edges };
}

interface Cluster {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly curves: ReadonlyMap<string, Curve>;
}

/** A node by itself, or a group's nodes with room around them. */
function layOutCluster(
  graph: Graph,
  id: string,
  members: readonly GraphNode[],
  seed: ReadonlyMap<string, number>,
): Cluster {
  const [first] = members;
  if (members.length === 1 && first?.id === id) {
    const size = { width: NODE_WIDTH, height: nodeHeight(first) };
    return { ...size, nodes: new Map([[id, { x: 0, y: 0, ...size }]]), curves: new Map() };
  }
  const ids = new Set(members.map((member) => member.id));
  const { nodes, curves } = layered(
    members.map((node) => ({ id: node.id, width: NODE_WIDTH, height: nodeHeight(node) })),
    graph.edges.filter(({ from, to }) => from !== to && ids.has(from) && ids.has(to)),
    { columnGap: COLUMN_GAP, gaps: GAPS, seed },
  );
  const bounds = grown(boundsOf(nodes.values()) as Box, GROUP.padding, GROUP.head);
  const shift = <P extends Point>(point: P): P => moved(point, -bounds.x, -bounds.y);
  return {
    width: bounds.width,
    height: bounds.height,
    nodes: new Map([...nodes].map(([node, box]) => [node, shift(box)])),
    curves: new Map([...curves].map(([edge, curve]) => [edge, curve.map(shift)])),
  };
}

function boxId(group: string): string {
  return `box:${group}`;
}

export function groupBoxes(graph: Graph, nodes: ReadonlyMap<string, Box>): Map<string, Box> {
  const grouped = graph.nodes.filter(({ group }) => group !== undefined);
  return new Map(
    [...groupBy(grouped, ({ group }) => group as string)].flatMap(([name, members]) => {
      const bounds = boundsOf(members.flatMap(({ id }) => nodes.get(id) ?? []));
      return bounds ? [[name, grown(bounds, GROUP.padding, GROUP.head)] as const] : [];
    }),
  );
}

/** Known nodes stay; a new one is put to the right of its callers, at the first free height. */
export function keptPlaces(graph: Graph, known: ReadonlyMap<string, Point>): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (const node of graph.nodes) {
    const place = known.get(node.id);
    if (place) boxes.set(node.id, { ...place, width: NODE_WIDTH, height: nodeHeight(node) });
  }
  for (const node of graph.nodes) {
    if (boxes.has(node.id)) continue;
    const callers = graph.edges
      .filter(({ to }) => to === node.id)
      .flatMap(({ from }) => boxes.get(from) ?? []);
    const x = Math.max(
      NODE_WIDTH + COLUMN_GAP,
      ...callers.map((box) => box.x + NODE_WIDTH + COLUMN_GAP),
    );
    const y = callers.reduce((sum, box) => sum + box.y, 0) / Math.max(1, callers.length);
    const size = { width: NODE_WIDTH, height: nodeHeight(node) };
    boxes.set(node.id, freePlace({ x, y, ...size }, [...boxes.values()]));
  }
  return boxes;
}

/** Up and down from where it should be, the nearest place at which it covers nothing. */
function freePlace(wanted: Box, taken: readonly Box[]): Box {
  const step = 20;
  for (let distance = 0; ; distance += step) {
    for (const y of [wanted.y + distance, wanted.y - distance]) {
      const box = { ...wanted, y };
      if (taken.every((other) => overlapOf(box, other, GAPS.node) === 0)) return box;
    }
  }
}
