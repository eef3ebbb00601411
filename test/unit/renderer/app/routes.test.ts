import { describe, expect, it } from 'vitest';
import { formatRoute, HOME, parseRoute } from '../../../../src-renderer/app/routes.ts';
import type { Route } from '../../../../src-renderer/app/routes.ts';

describe('a route', () => {
  it.each<[Partial<Route>, string]>([
    [{}, ''],
    [{ screen: 'timeline' }, '#/timeline'],
    [{ screen: 'timeline', at: 1_700_000_000_000 }, '#/timeline?at=1700000000000'],
    [{ selection: { kind: 'service', name: 'orders' } }, '#/mesh/orders'],
    [
      { screen: 'document', selection: { kind: 'edge', from: 'gateway', to: 'web' } },
      '#/document/gateway/web',
    ],
    [
      { screen: 'service', selection: { kind: 'service', name: 'orders' }, tab: 'logs' },
      '#/service/orders?tab=logs',
    ],
    [{ trace: 'ab12' }, '#/mesh?trace=ab12'],
    [{ selection: { kind: 'service', name: 'a/b c' } }, '#/mesh/a%2Fb%20c'],
  ])('%j has an address that leads back to it', (part, address) => {
    const route = { ...HOME, ...part };
    expect(formatRoute(route)).toBe(address);
    expect(parseRoute(address)).toEqual(route);
  });

  it.each<[string, Partial<Route>]>([
    ['#/nowhere', {}],
    ['#/service', {}],
    ['#/service/a/b', { selection: { kind: 'edge', from: 'a', to: 'b' } }],
    ['#/service/a?tab=nothing', { screen: 'service', selection: { kind: 'service', name: 'a' } }],
    ['#/timeline?at=soon', { screen: 'timeline' }],
    ['#/mesh/%', { selection: { kind: 'service', name: '%' } }],
    ['', {}],
  ])('%s leads as far as it can', (address, route) => {
    expect(parseRoute(address)).toEqual({ ...HOME, ...route });
  });
});
