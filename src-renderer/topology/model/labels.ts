/** Places for the labels of edges. Pure. */
import { overlapOf } from './geometry.ts';
import type { Box, Point, Track } from './geometry.ts';

/** Shares of the way that a label tries, the middle first. */
const PLACES = [
  ...[0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7],
  ...[0.26, 0.74, 0.22, 0.78, 0.18, 0.82, 0.14, 0.86],
];
/** Free space around a label. */
const GAP = 4;
/** How bad it is to cover a node or a label by a square pixel, a point of another line, a step. */
const COST = { box: 1, line: 12, step: 3 };
/** Points by which another line is known. */
const SAMPLES = 48;

/**
 * A place for each label on its own curve: where it covers no node and no label, as few other lines
 * as can be, and is near the middle. Short curves choose first: they have the least room.
 */
export function placeLabels(
  tracks: readonly Track[],
  nodes: readonly Box[],
  size: { readonly width: number; readonly height: number },
): Box[] {
  const lines = tracks.map(samplesOf);
  const order = tracks.map((_, i) => i).sort((a, b) => lengthOf(tracks, a) - lengthOf(tracks, b));
  const placed = new Map<number, Box>();
  for (const i of order) {
    const others = lines.filter((_, j) => j !== i).flat();
    const taken = [...nodes, ...placed.values()];
    placed.set(i, bestPlace(tracks[i] as Track, taken, others, size));
  }
  return tracks.map((_, i) => placed.get(i) as Box);
}

/** The labels that each curve runs under, its own among them, by the edge's id. */
export function labelsAcross(
  edges: ReadonlyMap<string, { readonly track: Track; readonly label: Box }>,
): Map<string, Box[]> {
  const labels = [...edges.values()].map(({ label }) => label);
  return new Map(
    [...edges].map(([id, { track }]) => {
      const points = samplesOf(track);
      return [id, labels.filter((label) => points.some((point) => isInside(label, point)))];
    }),
  );
}

function bestPlace(
  track: Track,
  taken: readonly Box[],
  others: readonly Point[],
  size: { readonly width: number; readonly height: number },
): Box {
  let best = centred(track.at(0.5), size);
  let least = Infinity;
  for (const [step, share] of PLACES.entries()) {
    const box = centred(track.at(share), size);
    const cost =
      step * COST.step +
      taken.reduce((sum, other) => sum + COST.box * overlapOf(box, other, GAP), 0) +
      others.filter((point) => isInside(box, point)).length * COST.line;
    if (cost < least) [best, least] = [box, cost];
  }
  return best;
}

function samplesOf(track: Track): Point[] {
  return Array.from({ length: SAMPLES + 1 }, (_, i) => track.at(i / SAMPLES));
}

function isInside(box: Box, { x, y }: Point): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

function lengthOf(tracks: readonly Track[], i: number): number {
  return (tracks[i] as Track).length;
}

function centred({ x, y }: Point, size: { readonly width: number; readonly height: number }): Box {
  return { x: x - size.width / 2, y: y - size.height / 2, ...size };
}
