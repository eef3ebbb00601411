/** Curves and boxes. Pure; units are those of the layout (pixels at 1:1). */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A row of cubic Bézier segments: start, then two control points and an end for each segment. */
export type Curve = readonly Point[];

/** The layout's spline as a curve; a bare pair of points becomes one gentle segment. */
export function toCurve(points: readonly Point[]): Curve {
  const [start, end] = [points[0] as Point, points.at(-1) as Point];
  if (points.length >= 4 && (points.length - 1) % 3 === 0) return points;
  const bend = Math.max(24, Math.abs(end.x - start.x) / 2);
  return [start, { x: start.x + bend, y: start.y }, { x: end.x - bend, y: end.y }, end];
}

/** For the `d` of an SVG path. */
export function pathOf(curve: Curve): string {
  const [start, ...rest] = curve.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  const segments = [];
  for (let i = 0; i + 2 < rest.length; i += 3)
    segments.push(`C${rest[i]} ${rest[i + 1]} ${rest[i + 2]}`);
  return `M${start}${segments.join('')}`;
}

const STEPS_PER_SEGMENT = 16;

/** The curve as points at equal distances, for things that move along it at one speed. */
export interface Track {
  readonly length: number;
  /** At `share` (0 to 1) of the way. */
  at(share: number): Point;
}

export function trackOf(curve: Curve): Track {
  const points = flatten(curve);
  const distances = [0];
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    distances.push((distances[i - 1] as number) + Math.hypot(b.x - a.x, b.y - a.y));
  }
  const length = distances.at(-1) as number;
  return { length, at: (share) => pointAt(points, distances, share * length) };
}

function flatten(curve: Curve): Point[] {
  const points = [curve[0] as Point];
  for (let i = 0; i + 3 < curve.length; i += 3) {
    for (let step = 1; step <= STEPS_PER_SEGMENT; step++) {
      points.push(bezier(curve.slice(i, i + 4), step / STEPS_PER_SEGMENT));
    }
  }
  return points;
}

function bezier([a, b, c, d]: readonly Point[], t: number): Point {
  const u = 1 - t;
  const weigh = (key: 'x' | 'y'): number =>
    u ** 3 * (a as Point)[key] +
    3 * u * u * t * (b as Point)[key] +
    3 * u * t * t * (c as Point)[key] +
    t ** 3 * (d as Point)[key];
  return { x: weigh('x'), y: weigh('y') };
}

function pointAt(points: readonly Point[], distances: readonly number[], distance: number): Point {
  let low = 0;
  let high = distances.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((distances[middle] as number) <= distance) low = middle;
    else high = middle;
  }
  const [from, to] = [distances[low] as number, distances[high] as number];
  const share = to === from ? 0 : Math.min(1, (distance - from) / (to - from));
  const [a, b] = [points[low] as Point, points[high] as Point];
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

export function contains(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** The area that two boxes share, in square pixels, each widened by half of `gap` on every side. */
export function overlapOf(a: Box, b: Box, gap = 0): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + gap;
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + gap;
  return width > 0 && height > 0 ? width * height : 0;
}

/** Whether `inner` lies wholly in `outer`. */
export function encloses(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** How far the boxes of `now` must be moved for those that `before` knows to stay, on the whole. */
export function shiftBetween(
  now: ReadonlyMap<string, Box>,
  before: ReadonlyMap<string, Box>,
): Point {
  const shifts = [...now].flatMap(([id, box]) => {
    const old = before.get(id);
    return old ? [{ x: old.x - box.x, y: old.y - box.y }] : [];
  });
  return { x: median(shifts.map(({ x }) => x)), y: median(shifts.map(({ y }) => y)) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
