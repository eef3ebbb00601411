import { describe, expect, it } from 'vitest';
import {
  encloses,
  overlapOf,
  pathOf,
  shiftBetween,
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

describe('boxes', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };

  it('know what they share', () => {
    expect(overlapOf(box, { ...box, x: 8, y: 9 })).toBe(2);
    expect(overlapOf(box, { ...box, x: 10 })).toBe(0);
    expect(overlapOf(box, { ...box, x: 10 }, 2)).toBe(24);
    expect(encloses(box, { x: 1, y: 1, width: 9, height: 9 })).toBe(true);
    expect(encloses(box, { x: 1, y: 1, width: 10, height: 9 })).toBe(false);
  });

  it('are moved back to where most of them were', () => {
    const before = new Map([
      ['a', box],
      ['b', { ...box, x: 100 }],
      ['c', { ...box, x: 200 }],
    ]);
    const now = new Map([
      ['a', { ...box, y: 30 }],
      ['b', { ...box, x: 100, y: 30 }],
      ['c', { ...box, x: 200, y: 80 }],
      ['new', { ...box, x: 300 }],
    ]);
    expect(shiftBetween(now, before)).toEqual({ x: 0, y: -30 });
    expect(shiftBetween(now, new Map())).toEqual({ x: 0, y: 0 });
  });
});
