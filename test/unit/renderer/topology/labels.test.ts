import { describe, expect, it } from 'vitest';
import { overlapOf, toCurve, trackOf } from '../../../../src-renderer/topology/model/geometry.ts';
import type { Track } from '../../../../src-renderer/topology/model/geometry.ts';
import { labelsAcross, placeLabels } from '../../../../src-renderer/topology/model/labels.ts';

const SIZE = { width: 60, height: 30 };

function line(y: number, length = 600): Track {
  return trackOf(
    toCurve([
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
      toCurve([
        { x: 299, y: 0 },
        { x: 301, y: 400 },
      ]),
    );
    const [label] = placeLabels([line(100), across], [], SIZE);
    expect(Math.abs((label?.x ?? 0) + SIZE.width / 2 - 300)).toBeGreaterThanOrEqual(28);
  });

  it('are known to each line that runs under them', () => {
    const box = { x: 270, y: 85, width: 60, height: 30 };
    const edges = new Map([
      ['under its own', { track: line(100), label: box }],
      ['under another', { track: line(90), label: { x: 0, y: 300, width: 60, height: 30 } }],
    ]);
    const across = labelsAcross(edges);
    expect(across.get('under its own')).toEqual([box]);
    expect(across.get('under another')).toEqual([box]);
  });
});
