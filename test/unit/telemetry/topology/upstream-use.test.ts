import { describe, expect, it } from 'vitest';
import { UpstreamUses } from '../../../../src-main/telemetry/topology/upstream-use.ts';

const EDGE = 'orders->payments';
const use = (node: string, version: string, connections: number, pending = 0) => ({
  ...{ node, service: 'payments', version, connections, pending },
});

describe('what is used of a service', () => {
  it('is the sum over all proxies and versions, second by second', () => {
    const uses = new UpstreamUses();
    uses.take('orders', use('orders-v1-0', 'v1', 3, 2));
    uses.take('orders', use('orders-v1-1', 'v1', 1));
    uses.take('orders', use('orders-v1-0', 'v2', 4));
    uses.tick(100.2);
    uses.tick(100.9);
    uses.take('orders', use('orders-v1-0', 'v1', 5, 0));
    uses.tick(101);
    expect(uses.series(EDGE)).toEqual({ at: [100, 101], connections: [8, 10], pending: [2, 0] });
    expect(uses.series('cart->payments')).toBe(undefined);
  });

  it('goes on as it is where nothing new is told, over a second without a tick too', () => {
    const uses = new UpstreamUses();
    uses.take('orders', use('orders-v1-0', 'v1', 3));
    uses.tick(100);
    uses.tick(103);
    expect(uses.series(EDGE)).toEqual({
      at: [100, 101, 102, 103],
      connections: [3, 3, 3, 3],
      pending: [0, 0, 0, 0],
    });
  });

  it('ends with its proxy', () => {
    const uses = new UpstreamUses();
    uses.take('orders', use('orders-v1-1', 'v1', 3));
    uses.take('orders', use('orders-v1-10', 'v1', 2));
    uses.forget('orders-v1-1');
    uses.tick(100);
    expect(uses.series(EDGE)?.connections).toEqual([2]);
  });

  it('is kept for fifteen minutes, and told anew where the clock was set back', () => {
    const uses = new UpstreamUses();
    uses.take('orders', use('orders-v1-0', 'v1', 3));
    for (let second = 1000; second < 2000; second++) uses.tick(second);
    const { at = [], connections = [] } = uses.series(EDGE) ?? {};
    expect([at.length, at[0], at.at(-1)]).toEqual([900, 1100, 1999]);
    expect(new Set(connections)).toEqual(new Set([3]));
    uses.tick(500);
    uses.tick(501);
    expect(uses.series(EDGE)?.at).toEqual([500, 501]);
  });
});
