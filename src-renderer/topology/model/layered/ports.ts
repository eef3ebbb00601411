/** Where lines leave and reach their boxes: spread over the side, in the order of where they lead. */
import type { Box, Point } from '../geometry.ts';
import { groupBy } from './ranks.ts';
import type { Link } from './ranks.ts';

export interface Way extends Link {
  /** Points between the two boxes. */
  readonly bends: readonly Point[];
}

export interface Ends {
  readonly start: Point;
  readonly end: Point;
}

/** Between two lines at a side, and kept free at both of its ends, in pixels. */
const STEP = 10;
const FREE = 14;

interface End {
  readonly way: Way;
  readonly which: 'start' | 'end';
  readonly box: Box;
  readonly side: 'left' | 'right';
  /** Where the line leads from here. */
  readonly towards: number;
}

/** By link; none for a link whose boxes are unknown. */
export function portsOf(ways: readonly Way[], boxes: ReadonlyMap<string, Box>): Map<string, Ends> {
  const ends = ways.flatMap((way) => endsOf(way, boxes));
  const found = new Map<string, { start?: Point; end?: Point }>();
  for (const group of groupBy(ends, keyOf).values()) {
    const sorted = group.sort((a, b) => a.towards - b.towards);
    for (const [i, { way, which, box, side }] of sorted.entries()) {
      const step = Math.min(STEP, (box.height - 2 * FREE) / Math.max(1, sorted.length - 1));
      const y = box.y + box.height / 2 + (i - (sorted.length - 1) / 2) * step;
      const x = side === 'left' ? box.x : box.x + box.width;
      found.set(way.id, { ...found.get(way.id), [which]: { x, y } });
    }
  }
  return new Map(
    [...found].flatMap(([id, { start, end }]) => (start && end ? [[id, { start, end }]] : [])),
  );
}

function keyOf({ way, which, side }: End): string {
  return `${which === 'start' ? way.from : way.to} ${side}`;
}

function endsOf(way: Way, boxes: ReadonlyMap<string, Box>): End[] {
  const [from, to] = [boxes.get(way.from), boxes.get(way.to)];
  if (!from || !to) return [];
  const [startSide, endSide] = sidesOf(from, to);
  const next = way.bends[0] ?? centreOf(to);
  const last = way.bends.at(-1) ?? centreOf(from);
  return [
    { way, which: 'start', box: from, side: startSide, towards: next.y },
    { way, which: 'end', box: to, side: endSide, towards: last.y },
  ];
}

/** Boxes above each other are joined at their right sides, by a line that swings out. */
function sidesOf(from: Box, to: Box): ['left' | 'right', 'left' | 'right'] {
  if (from === to || to.x >= from.x + from.width) return ['right', 'left'];
  return to.x + to.width <= from.x ? ['left', 'right'] : ['right', 'right'];
}

function centreOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
