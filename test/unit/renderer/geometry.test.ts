import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  encloses,
  grown,
  overlapOf,
  pathOf,
  toCurveThrough,
  trackOf,
} from '../../../src-renderer/topology/model/geometry.ts';

const line = (y: number, length = 300): { x: number; y: number }[] => [
  { x: 0, y },
  { x: length, y },
];

describe('a track', () => {
  const track = trackOf(toCurveThrough(line(10)));

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
    expect(pathOf(toCurveThrough(line(0, 100)))).toBe('M0.0 0.0C50.0 0.0 50.0 0.0 100.0 0.0');
  });

  it('goes through all of its points, level at each', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 100, y: 40 },
      { x: 200, y: 0 },
    ];
    const curve = toCurveThrough(points);
    expect([curve[0], curve[3], curve[6]]).toEqual(points);
    expect([curve[1]?.y, curve[2]?.y, curve[4]?.y, curve[5]?.y]).toEqual([0, 40, 40, 0]);
  });

  it('swings out between boxes that stand above each other', () => {
    const curve = toCurveThrough([
      { x: 50, y: 0 },
      { x: 50, y: 80 },
    ]);
    expect(curve[1]?.x).toBeGreaterThan(60);
    expect(curve[2]?.x).toBe(curve[1]?.x);
  });
});

describe('boxes', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };

  it('know what they share', () => {
    expect(overlapOf(box, { ...box, x: 8, y: 9 })).toBe(2);
    expect(overlapOf(box, { ...box, x: 10 })).toBe(0);
    expect(overlapOf(box, { ...box, x: 10 }, 2)).toBe(24);
    expect(encloses(box, { x: 1, y: 1, width: 9, height: 9 })).toBe(true);
    expect(encloses(box, { x: 1, y: 1, width: 10, height: 9 })).toBe(false);
  });

  it('have bounds, and can be given room', () => {
    const bounds = boundsOf([box, { ...box, x: 90, y: -20 }]);
    expect(bounds).toEqual({ x: 0, y: -20, width: 100, height: 30 });
    expect(grown(box, 2, 5)).toEqual({ x: -2, y: -7, width: 14, height: 19 });
    expect(boundsOf([])).toBeUndefined();
  });
});
