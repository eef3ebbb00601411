import { describe, expect, it } from 'vitest';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';
import { isRoot, summarize } from '../../../../src-main/telemetry/traces/summary.ts';
import { hop } from '../../../support/hops.ts';

const inside = hop({
  spanId: 'in',
  parentId: 'root',
  direction: 'inbound',
  node: 'orders-v1-0',
});
const call = hop({
  spanId: 'call',
  parentId: 'in',
  direction: 'outbound',
  node: 'orders-v1-0',
  sourceService: 'orders',
  destinationService: 'payments',
});
const root = hop({ spanId: 'root', exchangeDuration: 30 });

describe('the root of a trace', () => {
  it("is the gateway's hop, whoever began the trace", () => {
    expect(isRoot(root)).toBe(true);
    expect(isRoot({ ...root, parentId: 'client' })).toBe(true);
  });

  it('is the hop of a service that calls of its own accord', () => {
    expect(isRoot({ ...call, parentId: '' })).toBe(true);
    expect(isRoot(call)).toBe(false);
    expect(isRoot(inside)).toBe(false);
  });

  it('is not a try that another one followed', () => {
    expect(isRoot({ ...root, flags: HopFlag.RETRIED })).toBe(false);
  });
});

describe('a summary', () => {
  it('says what the caller saw, and whom the request reached', () => {
    expect(summarize(root, [root, inside, call])).toMatchObject({
      from: 'gateway',
      to: 'orders',
      status: 200,
      hops: 3,
      services: ['gateway', 'orders', 'payments'],
      failedInside: false,
      faults: [],
    });
  });

  it('begins with the first try and lasts as long as the caller waited', () => {
    expect(summarize(root, [root])).toMatchObject({ start: root.start - 20, duration: 30 });
  });

  it('knows of a failure that the caller did not see', () => {
    expect(summarize(root, [root, { ...call, status: 503 }]).failedInside).toBe(true);
  });

  it('names each fault once, wherever it acted', () => {
    const one = { ...inside, faults: 'slow,broken' };
    const other = { ...call, faults: 'slow' };
    expect(summarize(root, [root, one, other]).faults).toEqual(['slow', 'broken']);
  });

  it('takes in hops whose parent only the service itself knows', () => {
    expect(summarize(root, [root, { ...call, parentId: 'own' }]).hops).toBe(2);
  });

  it('keeps apart requests that share a trace', () => {
    const other = { ...root, spanId: 'other', requestId: 'request-2' };
    const failed = { ...call, spanId: 'failed', parentId: 'other', status: 503 };
    const trace = [root, other, inside, failed, call];
    expect(summarize(root, trace)).toMatchObject({ hops: 3, failedInside: false });
    expect(summarize(other, trace)).toMatchObject({ hops: 2, failedInside: true });
  });

  it('has the earlier tries of a request that shares its trace', () => {
    const other = { ...root, spanId: 'other', requestId: 'request-2', start: root.start - 15 };
    const tried = { ...root, spanId: 'try', flags: HopFlag.RETRIED, start: root.start - 10 };
    const below = { ...inside, spanId: 'below', parentId: 'try', status: 503 };
    expect(summarize(root, [other, tried, below, root])).toMatchObject({
      hops: 3,
      failedInside: true,
    });
    expect(summarize(other, [other, tried, below, root]).hops).toBe(1);
  });
});
