import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../../src-main/base/disposable.ts';
import { HopReader } from '../../../../src-main/proxy/hop-reader.ts';
import type { Hop } from '../../../../src-main/proxy/hop.ts';
import { RingFile } from '../../../../src-main/telemetry/store/ring-file.ts';
import { HopStore } from '../../../../src-main/telemetry/traces/hop-store.ts';
import { batch, hop } from '../../../support/hops.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const id = (n: number): string => n.toString(16).padStart(32, '0');

function add(store: HopStore, ...given: Partial<Hop>[]): void {
  const reader = new HopReader();
  const { strings } = reader;
  reader.read(batch(given.map((one) => hop(one))), (cursor) => void store.add(cursor, strings));
}

async function file(capacity: number): Promise<RingFile> {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-hops-'));
  stack.add({ close: () => rm(folder, { recursive: true }) });
  return stack.add(await RingFile.open(folder, capacity, () => undefined));
}

describe('the store of hops', () => {
  it('gives the hops of a trace in the order of their start, as they were', async () => {
    const store = new HopStore();
    const hops = [3, 1, 2].map((start) => hop({ traceId: id(1), start, faults: `f${start}` }));
    add(store, ...hops, { traceId: id(2) });
    const expected = hops.toSorted((a, b) => a.start - b.start);
    expect(await store.get(id(1))).toEqual(expected);
    expect(store.recent(id(1))).toEqual(expected);
    expect(await store.get(id(3))).toBeUndefined();
    expect(store.recent(id(3))).toEqual([]);
  });

  it('forgets the oldest where there is no file and no more room', async () => {
    const store = new HopStore({ segmentBytes: 2048, segments: 2 });
    for (let n = 0; n < 40; n++) add(store, { traceId: id(n) });
    expect(await store.get(id(0))).toBeUndefined();
    expect(await store.get(id(39))).toHaveLength(1);
    expect(store.size).toBeLessThan(20);
  });

  it('keeps on disk what memory has no room for, and forgets what that overwrites', async () => {
    const store = new HopStore({ segmentBytes: 2048, segments: 2 });
    store.useFile(await file(8 * 2048));
    for (let n = 0; n < 200; n++) add(store, { traceId: id(n), path: `/${n}` });
    expect(await store.get(id(0))).toBeUndefined();
    const found = await Promise.all(Array.from({ length: 200 }, (_, n) => store.get(id(n))));
    const first = found.findIndex((hops) => hops !== undefined);
    expect(first).toBeGreaterThan(100);
    expect(first).toBeLessThan(180);
    expect(found.slice(first).map((hops) => hops?.[0]?.path)).toEqual(
      Array.from({ length: 200 - first }, (_, n) => `/${first + n}`),
    );
    // What is on disk alone is no more at hand at once.
    expect(store.recent(id(first))).toEqual([]);
    expect(store.size).toBe(200 - first);
  });

  it('puts a trace together that lies on disk and in memory, of several workers', async () => {
    const store = new HopStore({ segmentBytes: 2048, segments: 3 });
    store.useFile(await file(64 * 2048));
    add(store, { traceId: id(1), start: 1, node: 'one' });
    for (let n = 10; n < 40; n++) add(store, { traceId: id(n) });
    add(store, { traceId: id(1), start: 2, node: 'other' });
    expect((await store.get(id(1)))?.map(({ node }) => node)).toEqual(['one', 'other']);
    expect(store.recent(id(1)).map(({ node }) => node)).toEqual(['other']);
  });

  it('keeps the newest hops of a trace that never ends, and lets others go meanwhile', async () => {
    const store = new HopStore({ segmentBytes: 64 * 1024, segments: 2 });
    add(store, { traceId: id(2) });
    add(store, ...Array.from({ length: 3000 }, (_, start) => ({ traceId: id(1), start })));
    const kept = (await store.get(id(1))) ?? [];
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.length).toBeLessThanOrEqual(1000);
    expect(kept.at(-1)?.start).toBe(2999);
    expect(await store.get(id(2))).toBeUndefined();
  });
});
