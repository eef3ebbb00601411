import { describe, expect, it } from 'vitest';
import { HopReader } from '../../../src-main/proxy/hop-reader.ts';
import { HopWriter } from '../../../src-main/proxy/hop-writer.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop, HopBatch } from '../../../src-main/proxy/hop.ts';

function hop(part: Partial<Hop> = {}): Hop {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentId: '',
    requestId: '6f1c0000-0000-4000-8000-000000000000',
    node: 'orders-v1-0',
    direction: 'outbound',
    sourceService: 'orders',
    sourceVersion: 'v1',
    destinationService: 'payments',
    destinationVersion: 'v2',
    destinationInstance: 'payments-v2-0',
    destinationLocality: 'eu/west/b',
    priority: 3,
    route: 'payments',
    protocol: 'http/1.1',
    method: 'POST',
    path: '/charge?x=1',
    status: 503,
    grpcStatus: 14,
    failure: 'abort',
    faults: 'a,b',
    rule: 'only-orders',
    filters: 'timeout,retry,delay a',
    peerSpiffeId: 'spiffe://shop.local/ns/default/sa/payments',
    flags: HopFlag.MTLS | HopFlag.ABORT_INJECTED,
    attempt: 2,
    start: 1_790_000_000_000.25,
    duration: 12.5,
    exchangeDuration: 40.75,
    timing: { injected: 1, queue: 2, connect: 3, tls: 4, upstream: 5.5 },
    requestBytes: 10,
    responseBytes: 2 ** 40,
    ...part,
  };
}

function roundTrip(hops: readonly Hop[]): { batches: HopBatch[]; read: Hop[] } {
  const batches: HopBatch[] = [];
  const writer = new HopWriter((batch) => batches.push(batch));
  for (const one of hops) writer.write(one);
  writer.flush();
  const reader = new HopReader();
  const read: Hop[] = [];
  for (const batch of batches) reader.read(batch, (cursor) => read.push(cursor.toHop()));
  return { batches, read };
}

describe('a batch of hops', () => {
  it('is read as it was written', () => {
    const hops = [hop(), hop({ parentId: '00f067aa0ba902b7', path: '/', direction: 'gateway' })];
    expect(roundTrip(hops).read).toEqual(hops);
  });

  it('is sent by itself when it grows large, and none is lost', () => {
    const hops = Array.from({ length: 10_000 }, (_, i) => hop({ path: `/item/${i}` }));
    const { batches, read } = roundTrip(hops);
    expect(batches.length).toBeGreaterThan(1);
    expect(read.map(({ path }) => path)).toEqual(hops.map(({ path }) => path));
  });

  it('tells each string of the table once', () => {
    const { batches } = roundTrip([hop(), hop(), hop()]);
    const strings = batches.flatMap(({ newStrings }) => newStrings);
    expect(new Set(strings).size).toBe(strings.length);
  });

  it('cuts a very long path and keeps what follows in place', () => {
    const { read } = roundTrip([hop({ path: `/${'x'.repeat(5000)}` }), hop()]);
    expect(read[0]?.path).toHaveLength(1024);
    expect(read[1]).toEqual(hop());
  });

  it('brings of a shadow what its answer was compared with', () => {
    const mirror = {
      compared: true,
      statusDiffers: false,
      bodyDiffers: true,
      primaryStatus: 200,
      primaryGrpcStatus: -1,
      primaryDuration: 12.25,
      primaryBytes: 2 ** 33,
    };
    const hops = [hop(), hop({ flags: HopFlag.MIRROR, mirror }), hop({ path: '/b' })];
    expect(roundTrip(hops).read).toEqual(hops);
  });

  it('is not sent when it is empty', () => {
    expect(roundTrip([]).batches).toHaveLength(0);
  });
});
