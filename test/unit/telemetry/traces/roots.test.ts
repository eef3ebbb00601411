import { beforeEach, describe, expect, it } from 'vitest';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../../src-main/proxy/hop.ts';
import { Telemetry } from '../../../../src-main/telemetry/telemetry.ts';
import type { Tick } from '../../../../src-main/telemetry/telemetry.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { batch, hop } from '../../../support/hops.ts';

let clock: FakeClock;
let telemetry: Telemetry;
let workers = 0;

beforeEach(() => {
  clock = new FakeClock();
  telemetry = new Telemetry(clock);
});

function ingest(...hops: Partial<Hop>[]): void {
  telemetry.ingest(workers++, batch(hops.map((given) => hop({ ...ids, ...given }))));
}

function after(ms: number): Tick {
  clock.advance(ms);
  return telemetry.tick();
}

const ids = { traceId: 'c'.repeat(32), start: 1_000 };
const span = (n: number): string => String(n).repeat(16);
/** A call of a service whose own tracer began the trace. */
const call: Partial<Hop> = {
  spanId: span(1),
  parentId: span(9),
  direction: 'outbound',
  node: 'jobs-v1-0',
  sourceService: 'jobs',
  destinationService: 'orders',
};
const served: Partial<Hop> = {
  spanId: span(2),
  parentId: span(1),
  direction: 'inbound',
  node: 'orders-v1-0',
  sourceService: 'jobs',
  destinationService: 'orders',
};

describe("a trace that a service's own tracer began", () => {
  it('is told, after it has had no root for five seconds', () => {
    ingest(call, served);
    expect(after(4_900).requests).toEqual([]);
    expect(after(200).requests).toMatchObject([
      { from: 'jobs', to: 'orders', hops: 2, spanId: span(1) },
    ]);
    expect(after(10_000).requests).toEqual([]);
  });

  it('has a line for each call that the service made, and a later one is told later', () => {
    ingest(call, { ...call, spanId: span(3), parentId: span(8), destinationService: 'users' });
    expect(after(5_100).requests.map(({ to }) => to)).toEqual(['orders', 'users']);
    ingest({ ...call, spanId: span(4), parentId: span(7), destinationService: 'cart' });
    expect(after(5_100).requests.map(({ to }) => to)).toEqual(['cart']);
  });

  it('is not told of a call that a request to the service led to', () => {
    ingest(call, { ...served, node: 'jobs-v1-0', start: 990, duration: 100 });
    expect(after(6_000).requests).toEqual([]);
  });

  it('tells only the last of several tries', () => {
    ingest({ ...call, flags: HopFlag.RETRIED, spanId: span(3) }, call);
    expect(after(5_100).requests).toMatchObject([{ spanId: span(1) }]);
  });
});

describe('a trace whose root is late', () => {
  it('is told once, and what was told before is taken back', async () => {
    ingest(call);
    const [early] = after(5_100).requests;
    ingest({ spanId: span(9) });
    const { requests, removed } = after(300);
    expect(requests).toMatchObject([{ from: 'gateway', hops: 2 }]);
    expect(removed).toEqual([early?.id]);
    const { items } = await telemetry.requests({ fits: () => true, limit: 10 });
    expect(items.map(({ id }) => id)).toEqual(requests.map(({ id }) => id));
  });

  it('is not told twice where the root comes in time', () => {
    ingest(call);
    ingest({ spanId: span(9) });
    expect(after(300).requests).toHaveLength(1);
    ingest({ ...call, spanId: span(3), parentId: span(8) });
    expect(after(6_000)).toMatchObject({ requests: [], removed: [] });
  });
});

it("a request of the engine's own is told at once", () => {
  telemetry.expect('c'.repeat(32), span(9));
  ingest(call, served);
  expect(after(300).requests).toMatchObject([{ from: 'jobs', hops: 2 }]);
});
