import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../../src-renderer/topology/model/graph.ts';
import { edgeId, GATEWAY } from '../../../../src-renderer/topology/model/graph.ts';
import { layOut, seedPlaces } from '../../../../src-renderer/topology/model/layout.ts';
import type { Layout } from '../../../../src-renderer/topology/model/layout.ts';

const CALLS: Readonly<Record<string, readonly string[]>> = {
  [GATEWAY]: ['storefront'],
  storefront: ['catalog', 'cart', 'orders'],
  catalog: ['inventory'],
  cart: ['catalog'],
  orders: ['cart', 'payments', 'shipping'],
  payments: [],
  shipping: [],
  inventory: [],
};

function graphOf(calls: Readonly<Record<string, readonly string[]>>): Graph {
  const ids = Object.keys(calls);
  return {
    nodes: ids.map((id) => ({
      id,
      kind: id === GATEWAY ? 'gateway' : 'service',
      versions: id === 'payments' ? ['v1', 'v2'] : ['v1'],
    })),
    edges: ids.flatMap((from) =>
      (calls[from] ?? [])
        .filter((to) => ids.includes(to))
        .map((to) => ({ id: edgeId(from, to), from, to })),
    ),
  };
}

const elk = new ELK();
const first = (): Promise<Layout> => layOut(elk, graphOf(CALLS), new Map());

function farthestMove(before: Layout, after: Layout): number {
  const moves = [...after.nodes].flatMap(([id, { x, y }]) => {
    const old = before.nodes.get(id);
    return old ? [Math.hypot(x - old.x, y - old.y)] : [];
  });
  return Math.max(...moves);
}

describe('the layout', () => {
  it('puts every caller to the left of whom it calls, and the gateway leftmost', async () => {
    const { nodes, edges } = await first();
    for (const { from, to } of graphOf(CALLS).edges) {
      expect(nodes.get(from)?.x).toBeLessThan(nodes.get(to)?.x ?? 0);
    }
    const gateway = nodes.get(GATEWAY)?.x ?? 0;
    expect(Math.min(...[...nodes.values()].map(({ x }) => x))).toBe(gateway);
    expect(edges.size).toBe(graphOf(CALLS).edges.length);
  });

  it('is the same each time', async () => {
    expect((await first()).nodes).toEqual((await first()).nodes);
  });

  it('keeps the places of the others when a service goes', async () => {
    const before = await first();
    const { shipping: _, ...rest } = CALLS;
    const after = await layOut(elk, graphOf(rest), before.nodes);
    expect(after.nodes.has('shipping')).toBe(false);
    expect(farthestMove(before, after)).toBeLessThan(100);
    expect(after.nodes.get('storefront')?.x).toBe(before.nodes.get('storefront')?.x);
  });

  it('keeps the places of the others when a service comes', async () => {
    const before = await first();
    const more = { ...CALLS, payments: ['fraud'], fraud: [] };
    const after = await layOut(elk, graphOf(more), before.nodes);
    expect(after.nodes.get('fraud')?.x).toBeGreaterThan(after.nodes.get('payments')?.x ?? 0);
    expect(farthestMove(before, after)).toBeLessThan(100);
  });

  it('takes a place beside the callers as the seed of a new service', () => {
    const box = { x: 100, y: 50, width: 10, height: 10 };
    const seed = seedPlaces(graphOf({ a: ['b'], b: [] }), new Map([['a', box]]));
    expect(seed.get('a')).toEqual({ x: 100, y: 50 });
    expect(seed.get('b')?.x).toBeGreaterThan(100);
  });
});
