/**
 * A drawing in columns (Sugiyama's way): columns by who calls whom, few crossings, straight lines.
 * Pure and repeatable: the same graph always gives the same drawing.
 */
import { toCurveThrough } from '../geometry.ts';
import type { Box, Curve, Point } from '../geometry.ts';
import { heightsOf } from './heights.ts';
import { bendId, ordered, slotsOf } from './order.ts';
import type { Slot } from './order.ts';
import { ranksOf } from './ranks.ts';
import type { Link, RankedNode } from './ranks.ts';
import { portsOf } from './ports.ts';

export interface LayeredNode extends RankedNode {
  readonly width: number;
  readonly height: number;
}

export interface LayeredOptions {
  /** Between two columns, in pixels. */
  readonly columnGap: number;
  /** Between two nodes of a column, between two lines, and between a node and a line, in pixels. */
  readonly gaps: { readonly node: number; readonly line: number; readonly mixed: number };
  /** Heights that some nodes have already: they keep their order. */
  readonly seed?: ReadonlyMap<string, number>;
}

export interface Layered {
  /** The upper left corner of all is at (0, 0). */
  readonly nodes: ReadonlyMap<string, Box>;
  readonly curves: ReadonlyMap<string, Curve>;
}

export function layered(
  nodes: readonly LayeredNode[],
  links: readonly Link[],
  { columnGap, gaps, seed = new Map() }: LayeredOptions,
): Layered {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ranks = ranksOf(nodes, links, mostColumns(nodes, columnGap, gaps.node));
  const columns = ordered(slotsOf([...byId.keys()], links, ranks), seed);
  const heightOf = ({ id }: Slot): number => byId.get(id)?.height ?? 0;
  const centres = heightsOf(columns, {
    heightOf,
    gap: (above, below) => {
      const lines = Number(above.link !== undefined) + Number(below.link !== undefined);
      return [gaps.node, gaps.mixed, gaps.line][lines] as number;
    },
  });
  const spans = spansOf(columns.columns, byId, columnGap);
  const boxes = boxesOf(nodes, ranks, centres, spans);
  const shift = Math.min(0, ...[...boxes.values()].map(({ y }) => y));
  const lift = (y: number): number => y - shift;
  const placed = new Map([...boxes].map(([id, box]) => [id, { ...box, y: lift(box.y) }]));
  const bends = (link: Link): Point[] => {
    const [from, to] = [ranks.get(link.from) ?? 0, ranks.get(link.to) ?? 0];
    const step = Math.sign(to - from);
    const points: Point[] = [];
    for (let rank = from + step; rank !== to && step !== 0; rank += step) {
      const y = centres.get(bendId(link.id, rank));
      const span = spans[rank];
      if (y === undefined || !span) continue;
      const ends = [span.x, span.x + span.width];
      for (const x of step > 0 ? ends : ends.reverse()) points.push({ x, y: lift(y) });
    }
    return points;
  };
  return { nodes: placed, curves: curvesOf(links, placed, bends) };
}

/** A wider drawing than this, in pixels, should rather grow in height. */
const WIDE = 2_200;
/** Width by height that a large drawing should have: a screen's. */
const ASPECT = 1.6;

function mostColumns(nodes: readonly LayeredNode[], columnGap: number, nodeGap: number): number {
  const mean = (of: (node: LayeredNode) => number): number =>
    nodes.reduce((sum, node) => sum + of(node), 0) / Math.max(1, nodes.length);
  const width = mean((node) => node.width) + columnGap;
  const height = mean((node) => node.height) + nodeGap;
  return Math.max(WIDE / width, Math.sqrt((ASPECT * nodes.length * height) / width));
}

interface Span {
  readonly x: number;
  readonly width: number;
}

function spansOf(
  columns: readonly (readonly Slot[])[],
  byId: ReadonlyMap<string, LayeredNode>,
  gap: number,
): Span[] {
  let x = 0;
  return columns.map((column) => {
    const width = Math.max(0, ...column.map(({ id }) => byId.get(id)?.width ?? 0));
    const span = { x, width };
    x += width + gap;
    return span;
  });
}

/** Each node in the middle of its column. */
function boxesOf(
  nodes: readonly LayeredNode[],
  ranks: ReadonlyMap<string, number>,
  centres: ReadonlyMap<string, number>,
  spans: readonly Span[],
): Map<string, Box> {
  return new Map(
    nodes.map(({ id, width, height }) => {
      const span = spans[ranks.get(id) ?? 0] ?? { x: 0, width };
      const x = span.x + (span.width - width) / 2;
      return [id, { x, y: (centres.get(id) ?? 0) - height / 2, width, height }];
    }),
  );
}

function curvesOf(
  links: readonly Link[],
  boxes: ReadonlyMap<string, Box>,
  bends: (link: Link) => readonly Point[],
): Map<string, Curve> {
  const ways = links.map((link) => ({ ...link, bends: bends(link) }));
  const ports = portsOf(ways, boxes);
  return new Map(
    ways.flatMap(({ id, bends: between }) => {
      const ends = ports.get(id);
      return ends ? [[id, toCurveThrough([ends.start, ...between, ends.end])] as const] : [];
    }),
  );
}
