import { describe, expect, it } from 'vitest';
import { availabilityOf } from '../../../../src-main/proxy/cluster/availability.ts';
import type { Availability } from '../../../../src-main/proxy/cluster/availability.ts';
import { EndpointState } from '../../../../src-main/proxy/cluster/endpoint-state.ts';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';

interface Pool {
  readonly state: EndpointState;
}

interface Place {
  readonly locality?: string;
  readonly priority?: number;
}

/** Of `count` endpoints the first so many are ejected. */
function pools(count: number, ejected: number, place: Place = {}): Pool[] {
  return Array.from({ length: count }, (_, i) => {
    const { locality = '', priority = 0 } = place;
    const id = `${locality}-${priority}-${i}`;
    const state = new EndpointState({ id, host: '127.0.0.1', port: i + 1, ...place }, 0);
    if (i < ejected) state.ejection = { cause: 'consecutive-5xx', until: 1 };
    return { state };
  });
}

function judged(
  all: readonly Pool[],
  panicThreshold = 50,
  localityWeights?: Record<string, number>,
): Availability<Pool> {
  return availabilityOf(all, { panicThreshold, localityWeights });
}

/** The pools that may be picked, where they are one group. */
function taken(all: readonly Pool[], panicThreshold = 50): readonly Pool[] {
  return judged(all, panicThreshold).groups[0]?.pools ?? [];
}

function shares({ groups }: Availability<Pool>): Record<string, number> {
  return Object.fromEntries(groups.map(({ key, share }) => [key, Number(share.toFixed(2))]));
}

describe('the endpoints that may be picked', () => {
  it('are all while all are well', () => {
    const all = pools(3, 0);
    expect(judged(all).groups).toEqual([{ key: '0', pools: all, share: 100 }]);
    expect(judged(all).flags).toBe(0);
    expect(judged([]).groups).toEqual([]);
  });

  it('are those that are well, down to the panic threshold', () => {
    const all = pools(4, 2);
    expect(taken(all)).toEqual(all.slice(2));
    expect(judged(all).priorities[0]?.flags).toBe(HopFlag.EJECTED);
  });

  it('are not those that the health check has found unwell', () => {
    const all = pools(3, 0);
    (all[1] as Pool).state.unhealthy = true;
    expect(taken(all)).toEqual([all[0], all[2]]);
    expect(judged(all).flags).toBe(0);
  });

  it('are all again below it', () => {
    const all = pools(4, 3);
    expect(taken(all)).toEqual(all);
    expect(judged(all).priorities[0]?.flags).toBe(HopFlag.EJECTED | HopFlag.PANIC);
    expect(taken(all, 0)).toEqual(all.slice(3));
  });
});

describe('endpoints of several priorities', () => {
  const second = pools(2, 0, { priority: 1 });

  it('are those of the first one; the others are for tries that find nobody else there', () => {
    const first = pools(4, 1);
    expect(judged([...second, ...first]).groups).toEqual([
      { key: '0', pools: first.slice(1), share: 100 },
      { key: '1', pools: second, share: 0 },
    ]);
  });

  it('share the requests as fewer of the first are well', () => {
    expect(shares(judged([...pools(4, 2), ...second]))).toEqual({ '0': 70, '1': 30 });
    expect(shares(judged([...pools(4, 4), ...second]))).toEqual({ '1': 100 });
  });

  it('are told to the tries that pick one of the later ones', () => {
    const { priorities } = judged([...pools(4, 4), ...second]);
    expect(priorities).toEqual([
      { load: 0, well: 0, total: 4, flags: HopFlag.EJECTED },
      { load: 100, well: 2, total: 2, flags: HopFlag.EJECTED | HopFlag.FAILOVER },
    ]);
  });

  it('are asked in their turn where the first one has none at all', () => {
    const { groups, priorities } = judged(second);
    expect(groups).toEqual([{ key: '1', pools: second, share: 100 }]);
    expect(priorities[1]?.flags).toBe(HopFlag.FAILOVER);
  });
});

describe('endpoints of localities that have weights', () => {
  const weights = { 'eu/a': 80, 'eu/b': 20 };
  const b = pools(2, 0, { locality: 'eu/b' });

  it('are a group for each, with its share', () => {
    const all = [...pools(2, 0, { locality: 'eu/a' }), ...b];
    expect(shares(judged(all, 50, weights))).toEqual({ '0|eu/a': 80, '0|eu/b': 20 });
  });

  it('leave to the others what a locality cannot take', () => {
    const half = [...pools(2, 1, { locality: 'eu/a' }), ...b];
    expect(shares(judged(half, 50, weights))).toEqual({ '0|eu/a': 73.68, '0|eu/b': 26.32 });
    const none = [...pools(2, 2, { locality: 'eu/a' }), ...b];
    expect(shares(judged(none, 50, weights))).toEqual({ '0|eu/b': 100 });
  });

  it('have them within each priority', () => {
    const all = [
      ...pools(4, 2, { locality: 'eu/a' }),
      ...pools(1, 0, { locality: 'eu/a', priority: 1 }),
      ...pools(1, 0, { locality: 'eu/b', priority: 1 }),
    ];
    expect(shares(judged(all, 50, weights))).toEqual({ '0|eu/a': 70, '1|eu/a': 24, '1|eu/b': 6 });
  });

  it('are one group in panic, and where none that has a weight is left', () => {
    const panic = [...pools(4, 4, { locality: 'eu/a' }), ...pools(4, 3, { locality: 'eu/b' })];
    expect(shares(judged(panic, 50, weights))).toEqual({ '0': 100 });
    expect(shares(judged(pools(2, 0, { locality: 'us/c' }), 50, weights))).toEqual({ '0': 100 });
  });
});
