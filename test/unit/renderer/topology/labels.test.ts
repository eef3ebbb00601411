import { describe, expect, it } from 'vitest';
import {
  overlapOf,
  toCurveThrough,
  trackOf,
} from '../../../../src-renderer/topology/model/geometry.ts';
import type { Track } from '../../../../src-renderer/topology/model/geometry.ts';
import { placeLabels } from '../../../../src-renderer/topology/model/labels.ts';

const SIZE = { width: 60, height: 30 };

function line(y: number, length = 600): Track {
  return trackOf(
    toCurveThrough([
      { x: 0, y },
      { x: length, y },
    ]),
  );
}

describe('the labels of edges', () => {
  it('stand in the middle where there is room', () => {
    const [label] = placeLabels([line(100)], [], SIZE);
    expect(label?.x).toBeCloseTo(270);
    expect(label?.y).toBe(85);
  });

  it('make room for nodes and for each other', () => {
    const node = { x: 280, y: 80, width: 40, height: 60 };
    const labels = placeLabels([line(100), line(110), line(120)], [node], SIZE);
    for (const [i, label] of labels.entries()) {
      expect(overlapOf(label, node)).toBe(0);
      for (const other of labels.slice(i + 1)) expect(overlapOf(label, other)).toBe(0);
    }
  });

  it('let other lines be seen where that costs little', () => {
    const across = trackOf(
      toCurveThrough([
        { x: 260, y: 0 },
        { x: 340, y: 200 },
      ]),
    );
    const [label] = placeLabels([line(100), across], [], SIZE);
    expect(Math.abs((label?.x ?? 0) + SIZE.width / 2 - 300)).toBeGreaterThanOrEqual(28);
  });

  it('stay where they have a place already, and the others keep clear of them', () => {
    const kept = { x: 270, y: 85, ...SIZE };
    const [one, other] = placeLabels([line(100), line(100)], [], SIZE, new Map([[1, kept]]));
    expect(other).toBe(kept);
    expect(overlapOf(one ?? kept, kept)).toBe(0);
  });
});
