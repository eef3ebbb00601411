import { describe, expect, it } from 'vitest';
import { TraceStore } from '../../../../src-main/telemetry/traces/trace-store.ts';
import { hop } from '../../../support/hops.ts';

describe('the store of traces', () => {
  it('gives the hops of a trace in the order of their start', () => {
    const store = new TraceStore(10);
    for (const start of [3, 1, 2]) store.add(hop({ traceId: 'one', start }));
    store.add(hop({ traceId: 'two' }));
    expect(store.get('one')?.map(({ start }) => start)).toEqual([1, 2, 3]);
    expect(store.get('three')).toBeUndefined();
  });

  it('forgets the oldest trace whole when there is no more room', () => {
    const store = new TraceStore(4);
    for (const traceId of ['one', 'one', 'two', 'two', 'three']) store.add(hop({ traceId }));
    expect(store.get('one')).toBeUndefined();
    expect(store.get('two')).toHaveLength(2);
    expect(store.get('three')).toHaveLength(1);
  });

  it('keeps the newest hops of a trace that never ends', () => {
    const store = new TraceStore(50_000);
    store.add(hop({ traceId: 'other' }));
    for (let start = 0; start < 100_000; start++) store.add(hop({ traceId: 'same', start }));
    const kept = store.get('same') ?? [];
    expect(kept.length).toBeLessThanOrEqual(1000);
    expect(kept.at(-1)?.start).toBe(99_999);
    expect(store.get('other')).toHaveLength(1);
  });
});
