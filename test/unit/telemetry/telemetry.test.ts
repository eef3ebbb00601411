import { beforeEach, describe, expect, it } from 'vitest';
import { delta, moment } from '../../../src-main/api/contract/index.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { Telemetry } from '../../../src-main/telemetry/telemetry.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { batch, hop } from '../../support/hops.ts';

let clock: FakeClock;
let telemetry: Telemetry;
let workers = 0;

beforeEach(() => {
  clock = new FakeClock();
  telemetry = new Telemetry(clock);
});

function ingest(...hops: Partial<Hop>[]): void {
  const duration = 10;
  const start = clock.wall() - duration;
  telemetry.ingest(workers++, batch(hops.map((given) => hop({ start, duration, ...given }))));
}

const id = (n: number): string => n.toString(16).padStart(32, '0');
const call = { direction: 'outbound', sourceService: 'orders', destinationService: 'payments' };

describe('edges', () => {
  it("are counted on the caller's side alone", () => {
    ingest({}, { direction: 'inbound' }, call as Partial<Hop>);
    expect(telemetry.tick().edges.map(({ from, to, flow }) => [from, to, flow.ok])).toEqual([
      ['gateway', 'orders', 1],
      ['orders', 'payments', 1],
    ]);
  });

  it('are news where they were idle, and where one fails that did not, until the window is over', () => {
    const news = (...hops: Partial<Hop>[]): boolean => {
      ingest(...hops);
      return telemetry.takeNews();
    };
    expect([news({}), news({}), telemetry.takeNews()]).toEqual([true, false, false]);
    expect([news({ status: 503 }), news({ status: 503 })]).toEqual([true, false]);
    expect(news({ destinationService: 'cart' })).toBe(true);
    clock.advance(6000);
    expect(news({})).toBe(true);
  });

  it('tell versions apart', () => {
    for (let i = 0; i < 4; i++) ingest({ destinationVersion: i === 0 ? 'v2' : 'v1' });
    const [edge] = telemetry.tick().edges;
    expect(edge?.flow.ok).toBe(4);
    expect(edge?.versions).toMatchObject({ v1: { flow: { ok: 3 } }, v2: { flow: { ok: 1 } } });
  });

  it('count a try that was retried as a retry, and the exchange once, as long as it took', () => {
    ingest(
      { status: 503, flags: HopFlag.RETRIED | HopFlag.MTLS },
      { flags: HopFlag.RETRY | HopFlag.MTLS, attempt: 1, exchangeDuration: 100 },
    );
    const [edge] = telemetry.tick().edges;
    expect(edge).toMatchObject({ errorShare: 0, flow: { ok: 1, failed: 0 } });
    expect(edge?.retryRate).toBeGreaterThan(0);
    expect(edge?.p50).toBeGreaterThan(97);
  });

  it('know how many connections are open, from the word that each gives, until it ends', async () => {
    const open = { flags: HopFlag.TUNNEL | HopFlag.MTLS | HopFlag.OPEN, status: 0 };
    const [a, b] = ['a'.repeat(16), 'b'.repeat(16)];
    ingest({ ...open, spanId: a }, { ...open, spanId: b }, { ...open, direction: 'inbound' });
    const [edge] = telemetry.tick().edges;
    expect(edge).toMatchObject({ open: 2, mtls: true, rate: 0, flow: { ok: 0 } });
    expect(await telemetry.trace('a'.repeat(32))).toBe(undefined);
    ingest({ spanId: a, flags: HopFlag.TUNNEL, status: 0, failure: '' });
    expect(telemetry.tick().edges).toMatchObject([{ open: 1, flow: { ok: 1 } }]);
    // The proxy of the other one has died.
    clock.advance(16_000);
    expect(telemetry.tick().edges).toEqual([]);
  });

  it('take of a tunnel the time until it stood, not how long it lived', () => {
    const timing = { injected: 0, queue: 1, connect: 2, tls: 5, upstream: 2 };
    ingest({ flags: HopFlag.TUNNEL, status: 0, timing, exchangeDuration: 3_600_000 });
    const [edge] = telemetry.tick().edges;
    expect(edge?.p99).toBeGreaterThan(9);
    expect(edge?.p99).toBeLessThan(11);
  });

  it('keep apart what a fault did and what went wrong by itself', () => {
    ingest(
      { status: 503, faults: 'broken', flags: HopFlag.ABORT_INJECTED, failure: 'abort' },
      { status: 502 },
      {},
      {},
    );
    const [edge] = telemetry.tick().edges;
    expect(edge).toMatchObject({
      errorShare: 0.5,
      injectedShare: 0.25,
      flow: { ok: 2, failed: 1, injected: 1 },
    });
  });

  it('are encrypted unless a request went over them in the clear', () => {
    ingest({}, { flags: HopFlag.NO_ENDPOINT, failure: 'no-endpoint', status: 503 });
    expect(telemetry.tick().edges[0]?.mtls).toBe(true);
    ingest({ flags: 0 });
    expect(telemetry.tick().edges[0]?.mtls).toBe(false);
  });

  it('are not named once they are idle', () => {
    ingest({});
    expect(telemetry.tick().edges).toHaveLength(1);
    clock.advance(5000);
    expect(telemetry.tick().edges).toEqual([]);
  });

  it('have a history, each version of them too', () => {
    ingest({ destinationVersion: 'v2' });
    clock.advance(1000);
    expect(telemetry.series('gateway->orders')?.rate).toEqual([1]);
    expect(telemetry.series('gateway->orders|v2')?.rate).toEqual([1]);
    expect(telemetry.series('gateway->orders|v3')).toBeUndefined();
    expect(telemetry.series('orders->gateway')).toBeUndefined();
  });

  it('carry what the callee alone knows: who was denied, and by which rule', () => {
    const called = {
      direction: 'inbound',
      sourceService: 'orders',
      destinationService: 'payments',
    };
    ingest(
      { ...(call as Partial<Hop>), status: 403 },
      { ...(called as Partial<Hop>), status: 403, flags: HopFlag.DENIED, rule: 'callers' },
    );
    expect(telemetry.tick().edges).toMatchObject([
      { clientErrorShare: 1, badges: [{ kind: 'denied', names: ['callers'] }] },
    ]);
  });

  it('name the faults that acted, and those alone', () => {
    ingest({ faults: 'slow', flags: HopFlag.DELAY_INJECTED | HopFlag.MTLS }, {});
    expect(telemetry.tick().edges[0]?.badges).toEqual([
      { kind: 'fault', rate: 0.2, names: ['slow'] },
    ]);
    clock.advance(5000);
    ingest({});
    expect(telemetry.tick().edges[0]?.badges).toEqual([]);
  });

  it('say what is spoken over them', () => {
    ingest({});
    expect(telemetry.tick().edges[0]?.protocol).toBe('http/1.1');
    ingest({ protocol: 'h2', grpcStatus: 0 });
    expect(telemetry.tick().edges[0]?.protocol).toBe('grpc');
    ingest({ flags: HopFlag.TUNNEL, status: 101 });
    expect(telemetry.tick().edges[0]?.protocol).toBe('websocket');
  });

  it('can be asked how they were, up to fifteen minutes ago', () => {
    ingest({ status: 500 }, { faults: 'slow', flags: HopFlag.DELAY_INJECTED });
    const then = Math.floor(clock.wall() / 1000);
    clock.advance(60_000);
    ingest({});
    const { edges } = telemetry.past(then);
    expect(edges).toMatchObject([
      {
        rate: 0.4,
        errorShare: 0.5,
        flow: { ok: 0, failed: 1, injected: 1 },
        badges: [{ kind: 'fault', names: ['slow'] }],
        versions: { v1: { rate: 0.4 } },
      },
    ]);
    expect(moment.safeParse(telemetry.past(then)).success).toBe(true);
    expect(telemetry.past(then - 1).edges).toEqual([]);
    clock.advance(900_000);
    ingest({});
    expect(telemetry.past(then).edges).toEqual([]);
  });

  it('do not come from requests that no route matched, which are told of the node', () => {
    ingest({ destinationService: '', status: 404, flags: HopFlag.NO_ROUTE });
    expect(telemetry.tick()).toMatchObject({
      edges: [],
      nodes: [{ node: 'gateway', badges: [{ kind: 'no-route', rate: 0.2 }] }],
    });
  });
});

describe('requests', () => {
  it("are told once, after the other workers' hops have come", () => {
    ingest({ traceId: id(1), spanId: 'f'.repeat(16) });
    expect(telemetry.tick().requests).toEqual([]);
    clock.advance(100);
    ingest({ traceId: id(1), parentId: 'f'.repeat(16), direction: 'inbound' });
    clock.advance(150);
    expect(telemetry.tick().requests).toMatchObject([{ traceId: id(1), hops: 2 }]);
    expect(telemetry.tick().requests).toEqual([]);
  });

  it('are told when they fail without reaching anybody', () => {
    ingest({ destinationService: '', status: 404, flags: HopFlag.NO_ROUTE });
    clock.advance(250);
    expect(telemetry.tick().requests).toMatchObject([{ to: '', status: 404 }]);
  });

  it('are thinned out when there are too many: what failed or was hurt stays', () => {
    for (let i = 0; i < 100; i++) {
      const failed = i === 3 ? { status: 500 } : {};
      const hurt = i === 5 ? { faults: 'slow' } : {};
      ingest({ traceId: id(i), ...failed, ...hurt });
    }
    clock.advance(250);
    const { requests, skipped } = telemetry.tick();
    expect(requests).toHaveLength(25);
    expect(skipped).toBe(75);
    const ids = requests.map(({ traceId }) => traceId);
    expect(ids).toEqual([id(3), id(5), ...Array.from({ length: 23 }, (_, i) => id(77 + i))]);
  });

  it('can be looked at hop by hop', async () => {
    ingest({ traceId: id(1) }, { traceId: id(1), direction: 'inbound' }, { traceId: id(2) });
    expect((await telemetry.trace(id(1)))?.hops).toHaveLength(2);
    expect(await telemetry.trace(id(3))).toBeUndefined();
  });
});

describe('a tick', () => {
  it('is what the contract promises', () => {
    ingest({}, { status: 0, failure: 'reset', flags: 0, destinationVersion: '' });
    clock.advance(250);
    const { at, edges, nodes, requests, skipped, removed } = telemetry.tick();
    for (const one of [
      { kind: 'tick', at, edges, nodes },
      { kind: 'requests', items: requests, skipped, removed },
    ]) {
      expect(delta.parse(one)).toEqual(one);
    }
  });

  it('has nothing to tell where nothing happens', () => {
    expect(telemetry.tick()).toMatchObject({ edges: [], requests: [], skipped: 0, removed: [] });
  });
});
