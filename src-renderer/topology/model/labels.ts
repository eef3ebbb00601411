/** Places for the labels of edges. Pure. */
import { contains, overlapOf } from './geometry.ts';
import type { Box, Point, Track } from './geometry.ts';
import { Grid } from './grid.ts';

/** Shares of the way that a label tries, the middle first. */
const PLACES = [
  ...[0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7],
  ...[0.26, 0.74, 0.22, 0.78, 0.18, 0.82, 0.14, 0.86],
];
/** Free space around a label. */
const GAP = 4;
/** How bad it is to cover a node or a label by a square pixel, a point of another line, a step. */
const COST = { box: 1, line: 12, step: 3 };
/** Between two of the points by which another line is known, in pixels. */
const SPACING = 18;
const CELL = 64;

/**
 * A place for each label on its own curve: where it covers no node and no label, as few other lines
 * as can be, and is near the middle. Short curves choose first: they have the least room. `kept`: a
 * label that has its place already, by its index.
 */
export function placeLabels(
  tracks: readonly Track[],
  nodes: readonly Box[],
  size: { readonly width: number; readonly height: number },
  kept: ReadonlyMap<number, Box> = new Map(),
): Box[] {
  const points = new Grid<{ readonly point: Point; readonly line: number }>(CELL);
  for (const [line, track] of tracks.entries()) {
    for (const point of samplesOf(track))
      points.add({ ...point, width: 0, height: 0 }, { point, line });
  }
  const boxes = new Grid<Box>(CELL);
  for (const box of [...nodes, ...kept.values()]) boxes.add(box, box);
  const order = tracks.map((_, i) => i).sort((a, b) => lengthOf(tracks, a) - lengthOf(tracks, b));
  const placed = new Map(kept);
  for (const i of order) {
    if (placed.has(i)) continue;
    const costOf = (box: Box): number => {
      let cost = 0;
      boxes.visitNear(box, (other) => (cost += COST.box * overlapOf(box, other, GAP)));
      points.visitNear(box, ({ point, line }) => {
        if (line !== i && contains(box, point)) cost += COST.line;
      });
      return cost;
    };
    const place = bestPlace(tracks[i] as Track, size, costOf);
    placed.set(i, place);
    boxes.add(place, place);
  }
  return tracks.map((_, i) => placed.get(i) as Box);
}

function bestPlace(
  track: Track,
  size: { readonly width: number; readonly height: number },
  costOf: (box: Box) => number,
): Box {
  let best = centred(track.at(0.5), size);
  let least = Infinity;
  for (const [step, share] of PLACES.entries()) {
    if (step * COST.step >= least) break;
    const box = centred(track.at(share), size);
    const cost = step * COST.step + costOf(box);
    if (cost < least) [best, least] = [box, cost];
  }
  return best;
}

function samplesOf(track: Track): Point[] {
  const count = Math.max(8, Math.ceil(track.length / SPACING));
  return Array.from({ length: count + 1 }, (_, i) => track.at(i / count));
}

function lengthOf(tracks: readonly Track[], i: number): number {
  return (tracks[i] as Track).length;
}

function centred({ x, y }: Point, size: { readonly width: number; readonly height: number }): Box {
  return { x: x - size.width / 2, y: y - size.height / 2, ...size };
}
