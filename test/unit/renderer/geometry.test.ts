import { describe, expect, it } from 'vitest';
import {
  overlaps,
  pathOf,
  placeLabels,
  toCurve,
  trackOf,
} from '../../../src-renderer/topology/model/geometry.ts';

const line = (y: number, length = 300): { x: number; y: number }[] => [
  { x: 0, y },
  { x: length, y },
];

describe('a track', () => {
  const track = trackOf(toCurve(line(10)));

  it('begins at the start, ends at the end, and is passed at one speed', () => {
    expect(track.length).toBeCloseTo(300, 0);
    expect(track.at(0)).toEqual({ x: 0, y: 10 });
    expect(track.at(1).x).toBeCloseTo(300);
    const steps = [0.1, 0.2, 0.3, 0.4].map((share) => track.at(share).x);
    const gaps = steps.slice(1).map((x, i) => x - (steps[i] ?? 0));
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(0.5);
  });
});

describe('a curve', () => {
  it('is written as cubic segments', () => {
    expect(pathOf(toCurve(line(0, 100)))).toBe('M0.0 0.0C50.0 0.0 50.0 0.0 100.0 0.0');
  });

  it('keeps the splines of the layout', () => {
    const points = Array.from({ length: 7 }, (_, i) => ({ x: i, y: i }));
    expect(toCurve(points)).toEqual(points);
  });
});

describe('labels', () => {
  const size = { width: 60, height: 30 };

  it('stand in the middle where there is room', () => {
    expect(placeLabels([trackOf(toCurve(line(100)))], [], size)[0]).toMatchObject({ y: 85 });
  });

  it('make room for nodes and for each other', () => {
    const tracks = [line(100, 600), line(110, 600), line(120, 600)].map((points) =>
      trackOf(toCurve(points)),
    );
    const node = { x: 280, y: 80, width: 40, height: 60 };
    const labels = placeLabels(tracks, [node], size);
    for (const [i, label] of labels.entries()) {
      expect(overlaps(label, node)).toBe(false);
      for (const other of labels.slice(i + 1)) expect(overlaps(label, other)).toBe(false);
    }
  });
});
