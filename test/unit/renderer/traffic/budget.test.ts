import { describe, expect, it } from 'vitest';
import type { HopView, TraceView } from '../../../../src-main/api/contract/index.ts';
import {
  budgetOf,
  chainsOf,
  costOf,
  nameOfChain,
  typicalCost,
  verdictOf,
} from '../../../../src-renderer/traffic/budget.ts';
import { hopView } from '../../../support/hop-view.ts';

/** A hop of which so much was the proxy's own; the rest was upstream, but for what a fault injected. */
function hop(
  [source, destination]: readonly [string, string],
  direction: HopView['direction'],
  [id, parent]: readonly [string, string],
  [length, proxy, injected = 0]: readonly [number, number, number?],
  given: Partial<HopView> = {},
): HopView {
  const timing = {
    ...{ injected, queue: 0, connect: 0, tls: 0 },
    ...{ upstream: length - proxy - injected, proxy },
  };
  const node = direction === 'inbound' ? destination : source;
  const base = { source, destination, direction, timing, node };
  return hopView(id, parent, 0, length, 0, { ...base, ...given });
}

function traceOf(hops: HopView[]): TraceView {
  return { traceId: 't', start: 0, duration: 100, hops };
}

const trace = traceOf([
  hop(['gateway', 'web'], 'gateway', ['g', ''], [100, 3]),
  hop(['gateway', 'web'], 'inbound', ['w', 'g'], [96, 0.5]),
  hop(['web', 'orders'], 'outbound', ['o', 'w'], [60, 1, 20]),
  hop(['web', 'orders'], 'inbound', ['oi', 'o'], [38, 0.25]),
  hop(['web', 'users'], 'outbound', ['x', 'w'], [9, 1], { flags: ['RETRIED'] }),
  hop(['web', 'users'], 'outbound', ['u', 'w'], [10, 1], { attempt: 1 }),
  hop(['web', 'users'], 'inbound', ['ui', 'u'], [8, 1]),
  hop(['orders', 'payments'], 'outbound', ['p', 'oi'], [12, 1]),
  hop(['orders', 'payments'], 'inbound', ['pi', 'p'], [10, 1]),
]);

describe('a latency budget', () => {
  it('is for a chain of services, each way down to one that asked nobody', () => {
    expect(chainsOf(trace).map(nameOfChain)).toEqual([
      'gateway → web → orders → payments',
      'gateway → web → users',
    ]);
  });

  it('adds up the edge, and for each hop the wire and two proxies; faults and programs do not count', () => {
    const [chain] = chainsOf(trace);
    expect(chain && costOf(chain)).toEqual({
      edge: 3,
      hops: [
        { name: 'gateway → web', proxies: 0.5, wire: 1 },
        { name: 'web → orders', proxies: 1.25, wire: 1 },
        { name: 'orders → payments', proxies: 2, wire: 1 },
      ],
      sum: 9.75,
    });
  });

  it('of a request that came from within has no edge', () => {
    const inner = chainsOf(traceOf(trace.hops.slice(2, 4)))[0] ?? [];
    const cost = costOf(inner);
    expect([nameOfChain(inner), cost.edge, budgetOf(cost)]).toEqual([
      'web → orders',
      undefined,
      { least: 1, most: 2 },
    ]);
  });

  it('is 5 ms for the gateway, and 1 to 2 for each hop', () => {
    const cost = costOf(chainsOf(trace)[0] ?? []);
    expect(budgetOf(cost)).toEqual({ least: 8, most: 11 });
    expect([7, 9.75, 12].map((time) => verdictOf(time, 8, 11))).toEqual([
      'within',
      'tight',
      'over',
    ]);
  });

  it('is compared with the median of several requests, part by part', () => {
    const of = (edge: number, wire: number) => ({
      edge,
      hops: [{ name: 'a → b', proxies: 1, wire }],
      sum: edge + 1 + wire,
    });
    expect(typicalCost([of(1, 9), of(2, 1), of(30, 2)])).toEqual({
      edge: 2,
      hops: [{ name: 'a → b', proxies: 1, wire: 2 }],
      sum: 5,
    });
    expect(typicalCost([of(1, 1), of(3, 3)])?.edge).toBe(2);
    expect(typicalCost([])).toBeUndefined();
  });
});
