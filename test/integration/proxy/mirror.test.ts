import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { RouteConfig } from '../../../src-main/proxy/config.ts';
import type { MirrorConfig } from '../../../src-main/proxy/config/mirror.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { CountingClock } from '../../support/counting-clock.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import { rawClient } from '../../support/raw-client.ts';
import { readAll, startService } from '../../support/service.ts';
import type { TestService } from '../../support/service.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream, UpstreamOptions } from '../../support/upstream.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

function mirror(given: Partial<MirrorConfig> = {}): Pick<RouteConfig, 'mirror'> {
  const split = [{ cluster: 'api|v2', weight: 1 }];
  return { mirror: { percentage: 100, random: false, hostSuffix: true, split, ...given } };
}

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A service that notes what it is asked, and then answers. */
async function noting(
  answer: (response: ServerResponse) => void = (response) => void response.end('done'),
): Promise<TestService & { seen: Seen[] }> {
  const seen: Seen[] = [];
  const service = await startService((request, response) => {
    void readAll(request)
      .then((body) => {
        const { method, url, headers } = request;
        seen.push({ method, url, headers, body });
        answer(response);
      })
      // A caller that left in the middle of its body.
      .catch(() => undefined);
  });
  return stack.add({ ...service, seen });
}

interface Mirrored {
  readonly upstream: TestUpstream;
  readonly primary: Awaited<ReturnType<typeof noting>>;
  ask(init?: RequestInit, path?: string): Promise<Response>;
  shadows(): Hop[];
  others(): Hop[];
}

async function mirrored(
  shadow: TestService,
  options: Partial<UpstreamOptions> = {},
  answer?: (response: ServerResponse) => void,
): Promise<Mirrored> {
  const primary = await noting(answer);
  const { route, ...rest } = options;
  const upstream = stack.add(
    await startUpstream({
      ports: [primary.port],
      v2: [shadow.port],
      route: { ...mirror(), ...route },
      ...rest,
    }),
  );
  const isShadow = ({ flags }: Hop): boolean => (flags & HopFlag.MIRROR) !== 0;
  return {
    upstream,
    primary,
    ask: (init = {}, path = '/') =>
      fetch(`http://127.0.0.1:${upstream.port}${path}`, {
        ...init,
        signal: AbortSignal.timeout(10_000),
      }),
    shadows: () => upstream.hops().filter(isShadow),
    others: () => upstream.hops().filter((hop) => !isShadow(hop)),
  };
}

async function service(handler: RequestListener): Promise<TestService> {
  return stack.add(await startService(handler));
}

/** The only shadow's record, once it is written. */
function theShadow({ shadows }: Mirrored): Promise<Hop> {
  return eventually(() => {
    expect(shadows()).toHaveLength(1);
    return shadows()[0] as Hop;
  });
}

describe('a mirror', () => {
  it('sends exactly its share a second time, each as a span of its own in the same trace', async () => {
    const shadow = await noting();
    const { ask, shadows, others } = await mirrored(shadow, { route: mirror({ percentage: 25 }) });
    for (let i = 0; i < 40; i++) expect(await (await ask()).text()).toBe('done');
    await eventually(() => expect([shadows().length, others().length]).toEqual([10, 40]));
    expect(shadow.seen).toHaveLength(10);
    for (const hop of shadows()) {
      const own = others().find(({ traceId }) => traceId === hop.traceId);
      expect(own?.parentId).toBe(hop.parentId);
      expect(own?.spanId).not.toBe(hop.spanId);
      expect(hop).toMatchObject({ destinationVersion: 'v2', destinationInstance: 'api-v2-0' });
    }
  });

  it('sends the same method, path, headers and body, to a host that ends in -shadow', async () => {
    const shadow = await noting();
    const { ask, primary, upstream } = await mirrored(shadow);
    const body = 'x'.repeat(3_000_000);
    const headers = { 'x-user': 'ada' };
    expect((await ask({ method: 'POST', body, headers }, '/a?b=c')).status).toBe(200);
    await eventually(() => expect(shadow.seen).toHaveLength(1));
    const [first, second] = [primary.seen[0], shadow.seen[0]];
    expect(second).toMatchObject({ method: 'POST', url: '/a?b=c' });
    expect(second?.body === body && first?.body === body).toBe(true);
    expect(second?.headers.host).toBe(`127.0.0.1-shadow:${upstream.port}`);
    const { host: _, traceparent: own, ...rest } = first?.headers ?? {};
    expect(second?.headers).toMatchObject(rest);
    expect(second?.headers['traceparent']).not.toBe(own);
  });

  it('leaves the host as it is where that is asked for', async () => {
    const shadow = await noting();
    const { ask, upstream } = await mirrored(shadow, { route: mirror({ hostSuffix: false }) });
    await ask();
    await eventually(() => expect(shadow.seen).toHaveLength(1));
    expect(shadow.seen[0]?.headers.host).toBe(`127.0.0.1:${upstream.port}`);
  });

  it('does not mirror an upgrade', async () => {
    const shadow = await noting();
    const { upstream, primary } = await mirrored(shadow);
    const client = stack.add(await rawClient(upstream.port));
    client.send('GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n');
    await eventually(() => expect(client.received()).toContain('HTTP/1.1 200'));
    await eventually(() => expect(upstream.hops()).toHaveLength(1));
    expect([primary.seen.length, shadow.seen.length]).toEqual([1, 0]);
  });

  it('is switched on and off while requests run, and none is lost', async () => {
    const shadow = await noting();
    const { ask, upstream, shadows } = await mirrored(shadow, { route: { ...mirror() } });
    const statuses: number[] = [];
    const asking = Array.from({ length: 4 }, async () => {
      for (let i = 0; i < 50; i++) statuses.push((await ask({ method: 'POST', body: 'b' })).status);
    });
    for (let i = 0; i < 10; i++) {
      const seen = statuses.length;
      await upstream.push({ route: i % 2 === 0 ? {} : mirror() });
      await eventually(() => statuses.length > seen || statuses.length === 200, { every: 1 });
    }
    await Promise.all(asking);
    expect(new Set(statuses)).toEqual(new Set([200]));
    await eventually(() => expect(shadows().length).toBe(shadow.seen.length));
    expect(shadow.seen.length).toBeGreaterThan(0);
    expect(shadow.seen.length).toBeLessThan(200);
  });
});

describe('the caller of a mirrored request', () => {
  it('never waits for a shadow that hangs; that one is given up after the timeout', async () => {
    const shadow = await service(() => undefined);
    const all = await mirrored(shadow, { route: { ...mirror(), timeout: 300 } });
    expect(await (await all.ask()).text()).toBe('done');
    expect(all.shadows()).toEqual([]);
    const hop = await theShadow(all);
    expect(hop).toMatchObject({ status: 0, failure: 'timeout', mirror: { compared: false } });
    expect(hop.duration).toBeGreaterThan(250);
    expect(hop.mirror?.primaryStatus).toBe(200);
  });

  it('gets its answer where nobody listens for the shadow', async () => {
    const shadow = await noting();
    await shadow.close();
    const all = await mirrored(shadow);
    expect(await (await all.ask({ method: 'POST', body: 'b' })).text()).toBe('done');
    expect(await theShadow(all)).toMatchObject({ status: 0, failure: 'connect-failure' });
  });

  it('sends all of its body where the shadow closes in the middle of it', async () => {
    const shadow = await service((request) => {
      request.once('data', () => request.socket.destroy());
    });
    const all = await mirrored(shadow);
    const body = 'x'.repeat(5_000_000);
    expect(await (await all.ask({ method: 'POST', body })).text()).toBe('done');
    expect(all.primary.seen[0]?.body.length).toBe(body.length);
    expect(await theShadow(all)).toMatchObject({ failure: 'upstream-reset', status: 0 });
  });

  it('is not held back by a shadow that takes nothing; that one is given up at the bound', async () => {
    const shadow = await service((request) => void request.pause());
    const all = await mirrored(shadow);
    const body = 'x'.repeat(30_000_000);
    expect(await (await all.ask({ method: 'POST', body })).text()).toBe('done');
    expect(all.primary.seen[0]?.body.length).toBe(body.length);
    expect(await theShadow(all)).toMatchObject({ failure: 'shadow-too-slow', status: 0 });
  });

  it('gets its answer where the shadow breaks off its own', async () => {
    const shadow = await service((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    const all = await mirrored(shadow);
    expect(await (await all.ask()).text()).toBe('done');
    const hop = await theShadow(all);
    expect(hop).toMatchObject({ failure: 'upstream-reset', mirror: { compared: false } });
  });

  it('is not refused by the circuit breaker of the shadows', async () => {
    const shadow = await service(() => undefined);
    const breaker = { maxConnections: 9, maxPendingRequests: 9, maxRequests: 1, maxRetries: 1 };
    const all = await mirrored(shadow, { v2Cluster: { circuitBreaker: breaker } });
    for (let i = 0; i < 5; i++) expect((await all.ask()).status).toBe(200);
    await eventually(() => expect(all.shadows()).toHaveLength(4));
    for (const hop of all.shadows()) expect(hop.failure).toBe('overflow');
    for (const hop of all.others()) expect(hop.flags & HopFlag.OPEN_CIRCUIT).toBe(0);
  });
});

describe('the shadow of a caller that leaves', () => {
  function half(port: number): ReturnType<typeof httpRequest> {
    const request = httpRequest({ port, method: 'POST', headers: { 'content-length': '10' } });
    request.on('error', () => undefined);
    request.write('half');
    return request;
  }

  it('is given up in the middle of the request', async () => {
    let gone = false;
    const shadow = await service((request) => {
      request.on('error', () => undefined);
      request.on('close', () => (gone = true));
    });
    const all = await mirrored(shadow);
    const request = half(all.upstream.port);
    await once(shadow.server, 'request');
    request.destroy();
    await eventually(() => expect(gone).toBe(true));
    expect(await theShadow(all)).toMatchObject({ failure: 'downstream-gone' });
  });

  it('goes on where it has the whole of it', async () => {
    const waiting: ServerResponse[] = [];
    const shadow = await service((_request, response) => void waiting.push(response));
    const all = await mirrored(shadow, {}, () => undefined);
    const request = half(all.upstream.port);
    request.end('whole!');
    await eventually(() => expect([waiting.length, all.primary.seen.length]).toEqual([1, 1]));
    request.socket?.resetAndDestroy();
    await eventually(() => expect(all.others()).toHaveLength(1));
    waiting[0]?.end('late');
    const hop = await theShadow(all);
    expect(hop).toMatchObject({ status: 200, failure: '', mirror: { compared: false } });
  });
});

describe('what is compared', () => {
  it('is the same where status and body are, and tells the latency of both', async () => {
    const all = await mirrored(await noting());
    await all.ask();
    const { mirror: found, ...hop } = await theShadow(all);
    expect(found).toMatchObject({ compared: true, statusDiffers: false, bodyDiffers: false });
    expect(found).toMatchObject({ primaryStatus: 200, primaryBytes: 4, primaryGrpcStatus: -1 });
    const own = all.others()[0];
    expect(found?.primaryDuration).toBe(own?.exchangeDuration);
    expect(hop).toMatchObject({ status: 200, responseBytes: 4 });
    expect(hop.duration).toBeGreaterThan(0);
  });

  it.each<[string, (response: ServerResponse) => void, object]>([
    [
      'another status',
      (response) => void response.writeHead(500).end('done'),
      { compared: true, statusDiffers: true, bodyDiffers: false },
    ],
    [
      'another body',
      (response) => void response.end('gone'),
      { compared: true, statusDiffers: false, bodyDiffers: true },
    ],
    [
      'a longer body',
      (response) => void response.end('done!'),
      { compared: true, statusDiffers: false, bodyDiffers: true },
    ],
    [
      'the same body in other pieces',
      (response) => {
        response.write('do');
        setImmediate(() => response.end('ne'));
      },
      { compared: true, statusDiffers: false, bodyDiffers: false },
    ],
  ])('tells %s', async (_what, answer, expected) => {
    const all = await mirrored(await noting(answer));
    expect(await (await all.ask()).text()).toBe('done');
    expect((await theShadow(all)).mirror).toMatchObject(expected);
  });

  it('counts the length of a long body, and looks at its beginning only', async () => {
    const begin = 'x'.repeat(64 * 1024);
    const alike = await mirrored(
      await noting((response) => void response.end(`${begin}a`)),
      {},
      (response) => void response.end(`${begin}b`),
    );
    await (await alike.ask()).text();
    expect((await theShadow(alike)).mirror?.bodyDiffers).toBe(false);
    const longer = await mirrored(
      await noting((response) => void response.end(`${begin}aa`)),
      {},
      (response) => void response.end(`${begin}a`),
    );
    await (await longer.ask()).text();
    expect((await theShadow(longer)).mirror?.bodyDiffers).toBe(true);
  });

  it('is the answer of the last try', async () => {
    let asked = 0;
    const shadow = await noting();
    const retry = {
      attempts: 1,
      perTryTimeout: 0,
      on: ['5xx' as const],
      backOff: { base: 1, max: 1 },
    };
    const all = await mirrored(shadow, { route: { ...mirror(), retry } }, (response) => {
      response.statusCode = asked++ === 0 ? 503 : 200;
      response.end('done');
    });
    expect((await all.ask()).status).toBe(200);
    expect((await theShadow(all)).mirror).toMatchObject({ compared: true, statusDiffers: false });
    expect([asked, shadow.seen.length]).toEqual([2, 1]);
  });

  it('is nothing that a fault has touched, and no fault acts on a shadow', async () => {
    const delay = { percentage: 100, duration: 50 };
    const faults = [{ name: 'slow', random: false, match: {}, delay }];
    const all = await mirrored(await noting(), { route: { ...mirror(), faults } });
    await all.ask();
    const hop = await theShadow(all);
    expect(all.others()[0]?.faults).toBe('slow');
    expect(hop).toMatchObject({ faults: '', status: 200, mirror: { compared: false } });
  });
});

describe('what a mirror leaves behind', () => {
  it('is nothing, when its proxy goes while shadows hang', async () => {
    const clock = new CountingClock();
    const shadow = await service(() => undefined);
    const all = await mirrored(shadow, { clock });
    for (let i = 0; i < 3; i++) expect((await all.ask()).status).toBe(200);
    expect(clock.pending).toBeGreaterThanOrEqual(3);
    await all.upstream.remove();
    await eventually(() => expect(all.shadows()).toHaveLength(3));
    const open = (): Promise<number> =>
      new Promise((resolve) => shadow.server.getConnections((_error, count) => resolve(count)));
    await eventually(async () => expect(await open()).toBe(0));
    all.upstream.close();
    await eventually(() => expect(clock.pending).toBe(0));
  });
});

describe('a mirror between two sidecars', () => {
  it('goes over mutual TLS, and what the callee sees of it descends from the shadow', async () => {
    const seen: string[] = [];
    const one = await service((request, response) => {
      seen.push(String(request.headers.host));
      response.end('done');
    });
    const route = mirror({ split: [{ cluster: 'api|v1', weight: 1 }] });
    const hop = stack.add(await startHop({ service: one.port, route }));
    expect((await fetch(`http://127.0.0.1:${hop.port}/`)).status).toBe(200);
    await eventually(() => expect(hop.hops()).toHaveLength(4));
    const shadow = hop.hops().find(({ flags }) => flags & HopFlag.MIRROR);
    expect(shadow?.flags).toBe(HopFlag.MIRROR | HopFlag.MTLS);
    expect(hop.hops().filter(({ parentId }) => parentId === shadow?.spanId)).toHaveLength(1);
    expect(seen.sort()).toEqual([`127.0.0.1-shadow:${hop.port}`, `127.0.0.1:${hop.port}`]);
  });
});
