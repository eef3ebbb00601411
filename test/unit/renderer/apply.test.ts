import { describe, expect, it } from 'vitest';
import type { Delta, State } from '../../../src-main/api/contract/index.ts';
import { applyDelta } from '../../../src-renderer/engine/apply.ts';
import { edge } from '../../support/edge.ts';
import { sampleState } from '../../support/state.ts';

const instance = {
  id: 'a-v1-0',
  service: 'a',
  version: 'v1',
  runtime: 'process',
  status: 'ready',
  restarts: 0,
} as const;
const gatewayEdge = edge('gateway', 'a');

describe('a delta', () => {
  const state: State = sampleState();

  it('leaves what it does not speak of the same object', () => {
    const after = applyDelta(state, { kind: 'instances', put: [instance], removed: [] });
    expect(after.document).toBe(state.document);
    expect(after.edges).toBe(state.edges);
    expect(after.instances['a-v1-0']).toBe(instance);
  });

  it('takes instances away', () => {
    const put = applyDelta(state, { kind: 'instances', put: [instance], removed: [] });
    const removed = applyDelta(put, { kind: 'instances', put: [], removed: ['a-v1-0'] });
    expect(removed.instances['a-v1-0']).toBeUndefined();
  });

  it('of usage forgets what is not named any more', () => {
    const one = applyDelta(state, { kind: 'usage', usage: { 'a-v1-0': { memory: 5 } } });
    expect(one.usage).toEqual({ 'a-v1-0': { memory: 5 } });
    expect(one.instances).toBe(state.instances);
    expect(applyDelta(one, { kind: 'usage', usage: {} }).usage).toEqual({});
  });

  it('of a tick makes edges idle that it does not name', () => {
    const busy = applyDelta(state, { kind: 'tick', at: 0, edges: [gatewayEdge], nodes: [] });
    expect(busy.edges['gateway->a']).toEqual(gatewayEdge);
    expect(applyDelta(busy, { kind: 'tick', at: 1, edges: [], nodes: [] }).edges).toEqual({});
  });

  it('of a tick takes the marks of nodes away that it does not name', () => {
    const marks = [{ node: 'gateway', badges: [] }];
    const marked = applyDelta(state, { kind: 'tick', at: 0, edges: [], nodes: marks });
    expect(Object.keys(marked.nodeBadges)).toEqual(['gateway']);
    const after = applyDelta(marked, { kind: 'tick', at: 1, edges: [], nodes: [] });
    expect(after.nodeBadges).toEqual({});
    expect(applyDelta(after, { kind: 'tick', at: 2, edges: [], nodes: [] }).nodeBadges).toBe(
      after.nodeBadges,
    );
  });

  it('keeps the last 500 requests and events', () => {
    const items = Array.from({ length: 600 }, (_, i) => ({
      id: i,
      traceId: String(i),
      spanId: 's',
      start: i,
      from: 'gateway',
      to: 'a',
      method: 'GET',
      path: '/',
      status: 200,
      grpcStatus: -1,
      failure: '',
      failed: false,
      duration: 1,
      hops: 2,
      services: [],
      failedInside: false,
      faults: [],
      flags: [],
      captured: false,
    }));
    const delta: Delta = { kind: 'requests', items, skipped: 0, removed: [] };
    const after = applyDelta(state, delta);
    expect(after.requests).toHaveLength(500);
    expect(after.requests.at(-1)?.traceId).toBe('599');
    const less = applyDelta(after, { kind: 'requests', items: [], skipped: 0, removed: [599] });
    expect(less.requests.at(-1)?.id).toBe(598);
  });
});
