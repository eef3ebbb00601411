import { describe, expect, it } from 'vitest';
import { dragged } from '../../../../src-renderer/topology/model/drag.ts';
import { encloses, overlapOf } from '../../../../src-renderer/topology/model/geometry.ts';
import type { Box, Point } from '../../../../src-renderer/topology/model/geometry.ts';
import { edgeId, GATEWAY } from '../../../../src-renderer/topology/model/graph.ts';
import type { Graph } from '../../../../src-renderer/topology/model/graph.ts';
import { layOut } from '../../../../src-renderer/topology/model/layout.ts';
import { layered } from '../../../../src-renderer/topology/model/layered/layered.ts';
import { nearest } from '../../../../src-renderer/topology/model/layered/heights.ts';
import {
  crossings,
  ordered,
  slotsOf,
} from '../../../../src-renderer/topology/model/layered/order.ts';
import { ranksOf } from '../../../../src-renderer/topology/model/layered/ranks.ts';
import { routeBetween } from '../../../../src-renderer/topology/model/route.ts';

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
const TEAMS: Readonly<Record<string, string>> = {
  catalog: 'browse',
  inventory: 'browse',
  cart: 'buy',
  orders: 'buy',
};

function graphOf(
  calls: Readonly<Record<string, readonly string[]>>,
  groups: Readonly<Record<string, string>> = {},
): Graph {
  const ids = Object.keys(calls);
  return {
    nodes: ids.map((id) => ({
      id,
      kind: id === GATEWAY ? ('gateway' as const) : ('service' as const),
      versions: id === 'payments' ? ['v1', 'v2'] : ['v1'],
      services: [id],
      group: groups[id],
    })),
    edges: ids.flatMap((from) =>
      (calls[from] ?? [])
        .filter((to) => ids.includes(to))
        .map((to) => ({ id: edgeId(from, to), from, to, parts: [edgeId(from, to)] })),
    ),
  };
}

function overlaps(boxes: Iterable<Box>): number {
  const all = [...boxes];
  return all.flatMap((a, i) => all.slice(i + 1).map((b) => overlapOf(a, b))).filter(Boolean).length;
}

describe('the layout', () => {
  const graph = graphOf(CALLS);
  const first = layOut(graph);

  it('puts every caller to the left of whom it calls, and the gateway leftmost', () => {
    for (const { from, to } of graph.edges) {
      expect(first.nodes.get(from)?.x).toBeLessThan(first.nodes.get(to)?.x ?? 0);
    }
    const gateway = first.nodes.get(GATEWAY)?.x ?? 0;
    expect(Math.min(...[...first.nodes.values()].map(({ x }) => x))).toBe(gateway);
    expect(first.edges.size).toBe(graph.edges.length);
    expect(overlaps(first.nodes.values())).toBe(0);
  });

  it('joins lines to the sides of their boxes', () => {
    for (const { id, from, to } of graph.edges) {
      const { curve } = first.edges.get(id) ?? { curve: [] };
      const [a, b] = [first.nodes.get(from) as Box, first.nodes.get(to) as Box];
      expect(curve[0]?.x).toBe(a.x + a.width);
      expect(curve.at(-1)?.x).toBe(b.x);
      expect(curve.at(-1)?.y).toBeGreaterThan(b.y);
      expect(curve.at(-1)?.y).toBeLessThan(b.y + b.height);
    }
  });

  it('is the same each time', () => {
    expect(layOut(graph)).toEqual(first);
  });

  it('moves nothing when a service goes, neither cards nor lines nor labels', () => {
    const { shipping: _, ...rest } = CALLS;
    const after = layOut(graphOf(rest), first.nodes, first);
    expect(after.nodes.has('shipping')).toBe(false);
    for (const [id, box] of after.nodes) expect(box).toEqual(first.nodes.get(id));
    for (const [id, edge] of after.edges) expect(edge).toEqual(first.edges.get(id));
  });

  it('moves nothing when a service comes, and puts it where nothing stands', () => {
    const more = { ...CALLS, payments: ['fraud'], fraud: [] };
    const after = layOut(graphOf(more), first.nodes, first);
    for (const [id, box] of first.nodes) expect(after.nodes.get(id)).toEqual(box);
    expect(after.nodes.get('fraud')?.x).toBeGreaterThan(after.nodes.get('payments')?.x ?? 0);
    expect(overlaps(after.nodes.values())).toBe(0);
    expect(after.edges.has('payments->fraud')).toBe(true);
  });

  it('takes up places that were kept, as after a reload', () => {
    const kept = new Map([...first.nodes].map(([id, { x, y }]) => [id, { x: x + 7, y }]));
    const after = layOut(graph, kept);
    for (const [id, { x }] of after.nodes) expect(x).toBe((first.nodes.get(id)?.x ?? 0) + 7);
  });

  it('draws boxes around groups that hold their services and nothing else', () => {
    const { nodes, groups } = layOut(graphOf(CALLS, TEAMS));
    expect([...groups.keys()].sort()).toEqual(['browse', 'buy']);
    for (const [id, box] of nodes) {
      for (const [name, frame] of groups) {
        if (TEAMS[id] === name) expect(encloses(frame, box)).toBe(true);
        else expect(overlapOf(frame, box)).toBe(0);
      }
    }
    expect(overlaps(groups.values())).toBe(0);
  });

  it('lets a call to oneself go around the box', () => {
    const { edges, nodes } = layOut(graphOf({ a: ['a'] }));
    const [box, curve] = [nodes.get('a') as Box, edges.get('a->a')?.curve ?? []];
    expect(Math.min(...curve.map(({ y }) => y))).toBeLessThan(box.y);
  });
});

describe('dragging', () => {
  const graph = graphOf(CALLS);
  const before = layOut(graph);

  it('takes the lines of what is dragged along, and leaves the others alone', () => {
    const after = dragged(graph, before, new Map([['shipping', { x: 10, y: 900 }]]));
    expect(after.nodes.get('shipping')).toMatchObject({ x: 10, y: 900 });
    expect(after.edges.get('orders->shipping')).not.toEqual(before.edges.get('orders->shipping'));
    expect(after.edges.get('orders->payments')).toBe(before.edges.get('orders->payments'));
  });

  it('is kept by the next layout', () => {
    const places = new Map<string, Point>([
      ...before.nodes,
      ['shipping', { x: 10, y: 900 }] as const,
    ]);
    const after = layOut(graph, places, before);
    expect(after.nodes.get('shipping')).toMatchObject({ x: 10, y: 900 });
    expect(after.edges.get('orders->payments')).toEqual(before.edges.get('orders->payments'));
  });
});

describe('columns', () => {
  const links = (...pairs: string[]) =>
    pairs.map((pair) => ({ id: pair, from: pair[0] ?? '', to: pair[1] ?? '' }));
  const nodes = (ids: string) => [...ids].map((id) => ({ id }));

  it('follow the longest way', () => {
    const ranks = ranksOf(nodes('abcd'), links('ab', 'bc', 'ac', 'cd'), 12);
    expect([...ranks.values()]).toEqual([0, 1, 2, 3]);
  });

  it('survive circles', () => {
    const ranks = ranksOf(nodes('abc'), links('ab', 'bc', 'ca'), 12);
    expect([...ranks.values()]).toEqual([0, 1, 2]);
  });

  it('put who is called by nobody next to what it calls', () => {
    const ranks = ranksOf(nodes('abcx'), links('ab', 'bc', 'xc'), 12);
    expect(ranks.get('x')).toBe(1);
  });

  it('have a first and a last one for what is pinned there', () => {
    const pinned = [
      { id: 'g', pin: 'first' as const },
      ...nodes('ab'),
      { id: 'e', pin: 'last' as const },
    ];
    const ranks = ranksOf(pinned, links('gb', 'ae', 'be'), 12);
    expect(ranks.get('g')).toBe(0);
    expect(Math.min(ranks.get('a') ?? 0, ranks.get('b') ?? 0)).toBe(1);
    expect(ranks.get('e')).toBeGreaterThan(Math.max(ranks.get('a') ?? 0, ranks.get('b') ?? 0));
  });

  it('are not more than can be read, however long the ways are', () => {
    const ids = Array.from({ length: 60 }, (_, i) => `n${i}`);
    // A long chain, each member of which the first one calls too.
    const calls = ids.slice(1).flatMap((to, i) => [
      { id: `${ids[i]}-${to}`, from: ids[i] ?? '', to },
      { id: `n0-${to}`, from: 'n0', to },
    ]);
    const ranks = ranksOf(
      ids.map((id) => ({ id })),
      calls,
      10,
    );
    expect(Math.max(...ranks.values())).toBeLessThanOrEqual(11);
  });
});

describe('the order in columns', () => {
  it('undoes crossings that can be undone', () => {
    const links = ['ad', 'bc'].map((pair) => ({
      id: pair,
      from: pair[0] ?? '',
      to: pair[1] ?? '',
    }));
    const ranks = new Map([
      ['a', 0],
      ['b', 0],
      ['c', 1],
      ['d', 1],
    ]);
    const slots = slotsOf(['a', 'b', 'c', 'd'], links, ranks);
    const outgoing = new Map(slots.segments.map((one) => [one.from, [one]]));
    expect(crossings(slots.columns, outgoing)).toBe(1);
    expect(crossings(ordered(slots, new Map()).columns, outgoing)).toBe(0);
  });

  it('lets a line that leads far pass through the columns between', () => {
    const ranks = new Map([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
    const links = ['ab', 'bc', 'ac'].map((pair) => ({
      id: pair,
      from: pair[0] ?? '',
      to: pair[1] ?? '',
    }));
    const { columns } = slotsOf(['a', 'b', 'c'], links, ranks);
    expect(columns.map((column) => column.length)).toEqual([1, 2, 1]);
    const nodes = ['a', 'b', 'c'].map((id) => ({ id, width: 10, height: 10 }));
    const { curves, nodes: boxes } = layered(nodes, links, {
      columnGap: 20,
      gaps: { node: 10, line: 5, mixed: 8 },
    });
    const b = boxes.get('b') as Box;
    const passing = (curves.get('ac') ?? []).filter(({ x }) => x >= b.x && x <= b.x + b.width);
    expect(passing.length).toBeGreaterThan(0);
    for (const { y } of passing) expect(y < b.y || y > b.y + b.height).toBe(true);
  });
});

describe('heights', () => {
  it('are the wanted ones where there is room', () => {
    expect(nearest([0, 100, 300], [1, 1, 1], [50, 50])).toEqual([0, 100, 300]);
  });

  it('share what is too little', () => {
    expect(nearest([10, 10, 10], [1, 1, 1], [20, 20])).toEqual([-10, 10, 30]);
    expect(nearest([0, 0], [3, 1], [40])).toEqual([-10, 30]);
  });
});

describe('a line between boxes', () => {
  it('goes past a box that stands in its way', () => {
    const box = { x: 100, y: -20, width: 60, height: 40 };
    const free = routeBetween({ x: 0, y: 0 }, { x: 300, y: 0 }, []);
    const around = routeBetween({ x: 0, y: 0 }, { x: 300, y: 0 }, [box]);
    expect(free.every(({ y }) => y === 0)).toBe(true);
    expect(Math.max(...around.map(({ y }) => Math.abs(y)))).toBeGreaterThan(20);
  });
});
