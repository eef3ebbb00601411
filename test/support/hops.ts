/** Hop records for tests of telemetry, and batches of them as a worker sends them. */
import type { Hop, HopBatch } from '../../src-main/proxy/hop.ts';
import { HopFlag } from '../../src-main/proxy/hop.ts';
import { HopWriter } from '../../src-main/proxy/hop-writer.ts';

/** A good answer of `orders` to the gateway, over mutual TLS; `given` changes what the test is about. */
export function hop(given: Partial<Hop> = {}): Hop {
  const duration = given.duration ?? 10;
  return {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    parentId: '',
    requestId: 'request-1',
    node: 'gateway',
    direction: 'gateway',
    sourceService: 'gateway',
    sourceVersion: '',
    destinationService: 'orders',
    destinationVersion: 'v1',
    destinationInstance: 'orders-v1-0',
    destinationLocality: '',
    priority: 0,
    route: 'orders',
    protocol: 'http/1.1',
    method: 'GET',
    path: '/api/orders',
    status: 200,
    grpcStatus: -1,
    failure: '',
    faults: '',
    rule: '',
    filters: '',
    peerSpiffeId: 'spiffe://shop.local/ns/default/sa/orders',
    flags: HopFlag.MTLS,
    attempt: 0,
    start: 1_000_000,
    duration,
    exchangeDuration: duration,
    timing: { injected: 0, queue: 0, connect: 0, tls: 0, upstream: duration / 2 },
    requestBytes: 100,
    responseBytes: 200,
    ...given,
  };
}

/** One batch; each comes of a worker of its own, for the table of strings begins anew. */
export function batch(hops: readonly Hop[]): HopBatch {
  const batches: HopBatch[] = [];
  const writer = new HopWriter((one) => batches.push(one));
  for (const one of hops) writer.write(one);
  writer.flush();
  const [first, ...others] = batches;
  if (!first || others.length > 0) throw new Error('these hops are not one batch');
  return first;
}
