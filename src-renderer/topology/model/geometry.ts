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

/** How far a line between boxes above each other swings out, in pixels. */
const SWING = { least: 18, most: 64 };

/** A curve through all of them that leaves and reaches each one level. */
export function toCurveThrough(points: readonly Point[]): Curve {
  const [start, ...rest] = points as [Point, ...Point[]];
  if (rest[0] && rest.length === 1 && Math.abs(rest[0].x - start.x) < SWING.most)
    return swungOut(start, rest[0]);
  let from = start;
  const curve = [start];
  for (const to of rest) {
    const bend = (to.x - from.x) / 2;
    curve.push({ x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }, to);
    from = to;
  }
  return curve;
}

function swungOut(start: Point, end: Point): Curve {
  const swing = Math.min(SWING.most, SWING.least + Math.abs(end.y - start.y) / 8);
  const x = Math.max(start.x, end.x) + swing;
  return [start, { x, y: start.y }, { x, y: end.y }, end];
}

/** For the `d` of an SVG path. */
export function pathOf(curve: Curve): string {
  const [start, ...rest] = curve.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  const segments = [];
  for (let i = 0; i + 2 < rest.length; i += 3)
    segments.push(`C${rest[i]} ${rest[i + 1]} ${rest[i + 2]}`);
  return `M${start}${segments.join('')}`;
}

const STEPS_PER_SEGMENT = 14;

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
    const segment = curve.slice(i, i + 4);
    // A level piece is a straight line.
    const steps = segment.every(({ y }) => y === segment[0]?.y) ? 1 : STEPS_PER_SEGMENT;
    for (let step = 1; step <= steps; step++) points.push(bezier(segment, step / steps));
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

/** Around all of them; undefined where there are none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  if (left === Infinity) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Wider by `by` on every side, and by `top` more above. */
export function grown({ x, y, width, height }: Box, by: number, top = 0): Box {
  return { x: x - by, y: y - by - top, width: width + 2 * by, height: height + 2 * by + top };
}

export function moved<P extends Point>(point: P, dx: number, dy: number): P {
  return { ...point, x: point.x + dx, y: point.y + dy };
}

export function isSameBox(a: Box | undefined, b: Box | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    Math.abs(a.x - b.x) < 0.5 &&
    Math.abs(a.y - b.y) < 0.5 &&
    a.width === b.width &&
    a.height === b.height
  );
}
