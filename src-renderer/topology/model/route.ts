/** A line between two boxes wherever they stand: past other boxes where that can be had. Pure. */
import { contains, toCurveThrough } from './geometry.ts';
import type { Box, Curve, Point } from './geometry.ts';

/** How far a line may swing aside to pass a box, in pixels; the nearest that is free is taken. */
const ASIDE = [0, 50, -50, 100, -100, 160, -160, 240, -240];
/** Points by which a line is known. */
const SAMPLES = 24;
/** A line keeps so far from boxes, in pixels. */
const CLEAR = 6;
/** A call back to the left goes out and around. */
const LOOP = 34;

/** `start` and `end`: at the sides of `from` and `to`. */
export function routeBetween(start: Point, end: Point, obstacles: readonly Box[]): Curve {
  const near = obstacles.filter((box) => isBetween(box, start, end));
  let best = wayAside(start, end, 0);
  let least = Infinity;
  for (const aside of ASIDE) {
    const curve = wayAside(start, end, aside);
    const hits = samples(curve).filter((point) => near.some((box) => isNear(box, point))).length;
    if (hits < least) [best, least] = [curve, hits];
    if (hits === 0) break;
  }
  return best;
}

/** Over the top of the box, from its right side to its left one. */
export function routeToSelf({ x, y, width, height }: Box): Curve {
  const [right, level, top] = [x + width, y + height / 2, y - LOOP];
  return [
    { x: right, y: level },
    { x: right + LOOP, y: level },
    { x: right + LOOP, y: top },
    { x: x + width / 2, y: top },
    { x: x - LOOP, y: top },
    { x: x - LOOP, y: level },
    { x, y: level },
  ];
}

function wayAside(start: Point, end: Point, aside: number): Curve {
  if (aside === 0) return toCurveThrough([start, end]);
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + aside };
  return toCurveThrough([start, middle, end]);
}

function isBetween({ x, y, width, height }: Box, a: Point, b: Point): boolean {
  const most = Math.max(...ASIDE);
  return (
    x < Math.max(a.x, b.x) &&
    x + width > Math.min(a.x, b.x) &&
    y < Math.max(a.y, b.y) + most &&
    y + height > Math.min(a.y, b.y) - most
  );
}

function isNear({ x, y, width, height }: Box, point: Point): boolean {
  const wider = {
    x: x - CLEAR,
    y: y - CLEAR,
    width: width + 2 * CLEAR,
    height: height + 2 * CLEAR,
  };
  return contains(wider, point);
}

/** The ends are at boxes: they do not count. */
function samples(curve: Curve): Point[] {
  const segments = (curve.length - 1) / 3;
  return Array.from({ length: SAMPLES }, (_, i) => {
    const t = ((i + 1) / (SAMPLES + 1)) * segments;
    const at = Math.min(segments - 1, Math.floor(t));
    const [a, b, c, d] = curve.slice(3 * at, 3 * at + 4) as [Point, Point, Point, Point];
    const u = t - at;
    const weigh = (key: 'x' | 'y'): number =>
      (1 - u) ** 3 * a[key] +
      3 * (1 - u) ** 2 * u * b[key] +
      3 * (1 - u) * u * u * c[key] +
      u ** 3 * d[key];
    return { x: weigh('x'), y: weigh('y') };
  });
}
