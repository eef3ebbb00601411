import { connect } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { CapturedExchange } from '../../../src-main/proxy/capture/captured.ts';
import type { CaptureConfig } from '../../../src-main/proxy/config/capture.ts';
import type { RouteConfig } from '../../../src-main/proxy/config.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { echo, startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const capture = (given: Partial<CaptureConfig> = {}): CaptureConfig => ({
  name: 'c',
  match: {},
  percentage: 100,
  bodyBytes: 65_536,
  ...given,
});

async function hopWith(route: Partial<RouteConfig>, handler = echo): Promise<TestHop> {
  const service = stack.add(await startService(handler));
  return stack.add(await startHop({ service: service.port, route }));
}

function exchanges(hop: TestHop): CapturedExchange[] {
  return hop
    .refusals()
    .flatMap((message) => (message.type === 'captured' ? message.exchanges : []));
}

/** Once there are so many. */
function captured(hop: TestHop, count: number): Promise<CapturedExchange[]> {
  return eventually(() => exchanges(hop).length >= count && exchanges(hop));
}

function send(hop: TestHop, path = '/', init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${hop.port}${path}`, init);
}

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

describe('a capture', () => {
  it('has both messages, as the caller sent and got them, with the hop that they belong to', async () => {
    const hop = await hopWith({ captures: [capture()] });
    const answer = await send(hop, '/a?b=c', {
      method: 'POST',
      body: 'hello',
      headers: { 'x-a': '1' },
    });
    const body = await answer.text();
    const [one] = await captured(hop, 1);
    const outbound = hop.hops().find(({ direction }) => direction === 'outbound');
    expect(one).toMatchObject({ capture: 'c', isFinal: true, isBodiless: false });
    expect([one?.traceId, one?.spanId]).toEqual([outbound?.traceId, outbound?.spanId]);
    expect(one?.request).toMatchObject({ method: 'POST', path: '/a?b=c', bodyBytes: 5 });
    expect(one?.request.headers).toContainEqual(['x-a', '1']);
    expect(text(one?.request.body)).toBe('hello');
    expect(one?.response?.status).toBe(200);
    expect(one?.response?.headers).toContainEqual(['content-type', 'application/json']);
    expect(text(one?.response?.body)).toBe(body);
  });

  it('keeps so much of a body as it is to, and counts the rest', async () => {
    const big = (_: unknown, response: Parameters<typeof echo>[1]): void =>
      void response.end('y'.repeat(200_000));
    const hop = await hopWith({ captures: [capture({ bodyBytes: 1000 })] }, big);
    const answer = await send(hop, '/', { method: 'POST', body: 'x'.repeat(300_000) });
    expect((await answer.text()).length).toBe(200_000);
    const [one] = await captured(hop, 1);
    expect([one?.request.body.length, one?.request.bodyBytes]).toEqual([1000, 300_000]);
    expect([one?.response?.body.length, one?.response?.bodyBytes]).toEqual([1000, 200_000]);
  });

  it('takes its share, as many as it is to, of the requests that match, until its time is over', async () => {
    const hop = await hopWith({ captures: [capture({ percentage: 50, requests: 3 })] });
    for (let i = 0; i < 12; i++) await (await send(hop, `/${i}`)).text();
    await eventually(() => expect(exchanges(hop)).toHaveLength(3));
    const path = capture({ match: { pathPrefix: '/yes' } });
    await hop.push({ captures: [path] });
    for (const one of ['/no', '/yes/1', '/no', '/yes/2']) await (await send(hop, one)).text();
    await captured(hop, 5);
    await hop.push({ captures: [capture({ until: Date.now() - 1 })] });
    await (await send(hop)).text();
    await hop.push({});
    await (await send(hop)).text();
    await eventually(() =>
      expect(hop.hops().filter(({ direction }) => direction === 'outbound')).toHaveLength(18),
    );
    expect(
      exchanges(hop)
        .map(({ request }) => request.path)
        .slice(3),
    ).toEqual(['/yes/1', '/yes/2']);
  });

  it('goes on counting where another configuration comes that does not change it', async () => {
    const captures = [capture({ requests: 2 })];
    const hop = await hopWith({ captures });
    await (await send(hop, '/1')).text();
    await hop.push({ captures, timeout: 5000 });
    await (await send(hop, '/2')).text();
    await (await send(hop, '/3')).text();
    await eventually(() =>
      expect(hop.hops().filter(({ direction }) => direction === 'outbound')).toHaveLength(3),
    );
    expect(exchanges(hop)).toHaveLength(2);
  });

  it('has each try of a request, and what the caller got at the end', async () => {
    let asked = 0;
    const flaky = (
      request: Parameters<typeof echo>[0],
      response: Parameters<typeof echo>[1],
    ): void => {
      response.statusCode = ++asked < 3 ? 503 : 200;
      response.setHeader('x-try', String(asked));
      request.resume().on('end', () => response.end('done'));
    };
    const retry = {
      attempts: 2,
      perTryTimeout: 0,
      on: ['5xx'],
      backOff: { base: 1, max: 2 },
    } as const;
    const hop = await hopWith({ captures: [capture()], retry }, flaky);
    await (await send(hop, '/', { method: 'POST', body: 'again' })).text();
    const tries = await captured(hop, 3);
    expect(tries.map(({ isFinal, response }) => [isFinal, response?.status])).toEqual([
      [false, 503],
      [false, 503],
      [true, 200],
    ]);
    expect(tries.map(({ request }) => text(request.body))).toEqual(['again', 'again', 'again']);
    expect(tries.map(({ response }) => text(response?.body))).toEqual(['', '', 'done']);
  });

  it('has what a fault or the proxy answered instead of the service', async () => {
    const abort = { status: 418, percentage: 100, body: 'short and stout' };
    const fault = { name: 'f', match: {}, random: false, abort };
    const hop = await hopWith({ captures: [capture()], faults: [fault] });
    await (await send(hop)).text();
    const [one] = await captured(hop, 1);
    expect(one?.response).toMatchObject({ status: 418 });
    expect(one?.response?.headers).toContainEqual(['x-faultline-fault', 'f']);
    expect(text(one?.response?.body)).toBe('short and stout');
  });

  it('has no answer where there was none', async () => {
    let isAsked = false;
    const hop = await hopWith({ captures: [capture()] }, () => void (isAsked = true));
    const patience = new AbortController();
    const answer = send(hop, '/', { signal: patience.signal }).catch(() => undefined);
    await eventually(() => isAsked);
    // Who ends its side sooner is answered all the same.
    const asked = performance.now();
    await eventually(() => performance.now() - asked > 200);
    patience.abort();
    await answer;
    const [one] = await captured(hop, 1);
    expect(one?.response).toBeUndefined();
  });

  it('has the messages of HTTP/2', async () => {
    const service = stack.add(await startService(echo));
    const route = { captures: [capture()] };
    const hop = stack.add(await startHop({ service: service.port, route, speaks: 'http/1.1' }));
    const session = connect(`http://127.0.0.1:${hop.port}`);
    stack.add({ close: () => session.destroy() });
    const stream = session.request({ ':method': 'POST', ':path': '/h2' });
    stream.end('two');
    await new Promise((resolve) => stream.resume().on('close', resolve));
    const [one] = await captured(hop, 1);
    expect(one?.request).toMatchObject({ protocol: 'h2', path: '/h2' });
    expect(text(one?.request.body)).toBe('two');
    expect(text(one?.response?.body)).toContain('"body":"two"');
  });

  it('lets go of bodies where far too much comes at once, and says so', async () => {
    const captures = [capture({ bodyBytes: 1024 * 1024 })];
    const hop = await hopWith({ captures }, (request, response) => {
      request.resume().on('end', () => response.end());
    });
    const body = 'x'.repeat(1024 * 1024);
    const all = Array.from({ length: 60 }, () => send(hop, '/', { method: 'POST', body }));
    await Promise.all(all.map(async (one) => (await one).text()));
    const found = await captured(hop, 60);
    const batches = hop
      .refusals()
      .flatMap((message) => (message.type === 'captured' ? [message] : []));
    for (const { exchanges: some } of batches) {
      const kept = some.reduce((sum, { request }) => sum + request.body.length, 0);
      expect(kept).toBeLessThanOrEqual(8 * 1024 * 1024);
    }
    for (const { isBodiless, request } of found) {
      expect(request.body.length).toBe(isBodiless ? 0 : body.length);
      expect(request.bodyBytes).toBe(body.length);
    }
  });
});
