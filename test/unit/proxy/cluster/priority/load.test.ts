import { describe, expect, it } from 'vitest';
import { priorityLoads } from '../../../../../src-main/proxy/cluster/priority/load.ts';

/** Levels of a hundred endpoints each, of which so many are well. */
function loads(well: readonly number[], panicThreshold = 50): number[] {
  const levels = well.map((count) => ({ well: count, total: 100 }));
  return priorityLoads(levels, panicThreshold).map(({ load }) => load);
}

function panics(well: readonly number[], panicThreshold = 50): boolean[] {
  const levels = well.map((count) => ({ well: count, total: 100 }));
  return priorityLoads(levels, panicThreshold).map(({ isPanic }) => isPanic);
}

describe('the loads of priorities', () => {
  // The tables of Envoy's documentation, "Priority levels".
  it.each([
    [
      [100, 100],
      [100, 0],
    ],
    [
      [72, 100],
      [100, 0],
    ],
    [
      [71, 100],
      [99, 1],
    ],
    [
      [50, 100],
      [70, 30],
    ],
    [
      [25, 100],
      [35, 65],
    ],
    [
      [0, 100],
      [0, 100],
    ],
    [
      [72, 72],
      [100, 0],
    ],
    [
      [71, 71],
      [99, 1],
    ],
    [
      [50, 50],
      [70, 30],
    ],
    [
      [25, 25],
      [50, 50],
    ],
    [
      [72, 72, 100],
      [100, 0, 0],
    ],
    [
      [71, 71, 100],
      [99, 1, 0],
    ],
    [
      [50, 50, 100],
      [70, 30, 0],
    ],
    [
      [25, 100, 100],
      [35, 65, 0],
    ],
    [
      [25, 25, 100],
      [35, 35, 30],
    ],
  ])('with %j per cent well are %j', (well, expected) => {
    expect(loads(well)).toEqual(expected);
  });

  it('are scaled up where all together are too few, and what rounding leaves goes to the first', () => {
    // The documentation says 36, 36, 28; Envoy's own whole numbers give the rest to the first.
    expect(loads([25, 25, 20], 0)).toEqual([37, 35, 28]);
    expect(loads([20, 30], 0)).toEqual([40, 60]);
  });

  it('know no panic as long as the priorities together can bear all', () => {
    expect(panics([25, 100])).toEqual([false, false]);
    expect(panics([50, 60])).toEqual([false, false]);
    expect(panics([75], 80)).toEqual([false]);
  });

  it('know panic for each priority that is below the threshold where they cannot', () => {
    expect(panics([5, 65])).toEqual([true, false]);
    expect(loads([5, 65])).toEqual([8, 92]);
    expect(panics([25, 25])).toEqual([true, true]);
    expect(panics([25, 25], 0)).toEqual([false, false]);
    expect(panics([25, 25], 25)).toEqual([false, false]);
  });

  it('go by the number of endpoints where all priorities are in panic', () => {
    const levels = [
      { well: 1, total: 10 },
      { well: 0, total: 20 },
    ];
    expect(priorityLoads(levels, 50)).toEqual([
      { load: 34, isPanic: true },
      { load: 66, isPanic: true },
    ]);
    expect(loads([0, 0])).toEqual([50, 50]);
  });

  it('lead to the first priority, and nowhere, where nobody is well and panic is off', () => {
    expect(loads([0, 0], 0)).toEqual([100, 0]);
    expect(panics([0, 0], 0)).toEqual([false, false]);
  });

  it('pass over priorities without an endpoint', () => {
    const empty = { well: 0, total: 0 };
    expect(priorityLoads([empty, { well: 2, total: 2 }], 50)).toEqual([
      { load: 0, isPanic: false },
      { load: 100, isPanic: false },
    ]);
    expect(priorityLoads([empty, { well: 1, total: 3 }], 50).map(({ load }) => load)).toEqual([
      0, 100,
    ]);
    expect(priorityLoads([empty], 50)).toEqual([{ load: 100, isPanic: true }]);
    expect(priorityLoads([], 50)).toEqual([]);
  });
});
