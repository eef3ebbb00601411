import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { FaultConfig } from '../../../src-main/proxy/config/fault.ts';
import type { CircuitBreakerConfig } from '../../../src-main/proxy/config/upstream.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHttp2Service } from '../../support/http2-service.ts';
import { rawClient } from '../../support/raw-client.ts';
import { startService } from '../../support/service.ts';
import type { TestService } from '../../support/service.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream, UpstreamOptions } from '../../support/upstream.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const LIMITS: CircuitBreakerConfig = {
  maxConnections: 100,
  maxPendingRequests: 100,
  maxRequests: 100,
  maxRetries: 100,
};

async function upstream(options: UpstreamOptions): Promise<TestUpstream> {
  const started = await startUpstream(options);
  open.push(started);
  return started;
}

interface Held {
  readonly service: TestService;
  /** Requests that wait for their answer. */
  readonly waiting: ServerResponse[];
}

async function holding(): Promise<Held> {
  const waiting: ServerResponse[] = [];
  const service = await startService((_request, response) => void waiting.push(response));
  open.push(service);
  return { service, waiting };
}

async function breaking(
  limits: Partial<CircuitBreakerConfig>,
  more: Partial<UpstreamOptions> = {},
): Promise<Held & { upstream: TestUpstream; ask(): Promise<Response> }> {
  const held = await holding();
  const circuitBreaker = { ...LIMITS, ...limits };
  const { cluster, ...rest } = more;
  const started = await upstream({
    ports: [held.service.port],
    cluster: { circuitBreaker, ...cluster },
    ...rest,
  });
  return {
    ...held,
    upstream: started,
    ask: () => fetch(`http://127.0.0.1:${started.port}/`, { signal: AbortSignal.timeout(10_000) }),
  };
}

function flagsOf({ flags }: Hop): number {
  return flags & (HopFlag.OPEN_CIRCUIT | HopFlag.NO_ENDPOINT | HopFlag.RETRY_LIMIT);
}

describe('a circuit breaker', () => {
  it('refuses at once what is above the requests under way, and takes the next one when one ends', async () => {
    const { upstream: started, waiting, ask } = await breaking({ maxRequests: 2 });
    const asked = [ask(), ask()];
    await eventually(() => expect(waiting).toHaveLength(2));
    const refused = await ask();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('x-faultline-failure')).toBe('overflow');
    expect(await refused.text()).toContain('2 requests run already');
    await eventually(() => expect(started.hops()).toHaveLength(1));
    expect(started.hops()[0]).toMatchObject({ failure: 'overflow', status: 503 });
    expect(flagsOf(started.hops()[0] as Hop)).toBe(HopFlag.OPEN_CIRCUIT);

    waiting[0]?.end('done');
    expect((await Promise.race(asked)).status).toBe(200);
    asked.push(ask());
    await eventually(() => expect(waiting).toHaveLength(3));
    for (const response of waiting) response.end('done');
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200);
  });

  it('lets only so many wait for one of the connections', async () => {
    const { waiting, ask } = await breaking({ maxConnections: 1, maxPendingRequests: 1 });
    const first = ask();
    await eventually(() => expect(waiting).toHaveLength(1));
    // Which of the two waits is the system's affair.
    const others = [ask(), ask()];
    const refused = await Promise.race(others);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('1 requests wait already');
    waiting[0]?.end('done');
    expect((await first).status).toBe(200);
    await eventually(() => expect(waiting).toHaveLength(2));
    waiting[1]?.end('done');
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 503]);
  });

  it('gives an instance its one connection even where others have used them all up', async () => {
    const other = await holding();
    const { waiting, ask, upstream: started } = await breaking({ maxConnections: 1 });
    const { port } = other.service;
    await started.push({ ports: [started.options.ports[0] ?? 0, port] });
    const asked = [ask(), ask()];
    await eventually(() => expect([waiting.length, other.waiting.length]).toEqual([1, 1]));
    for (const response of [...waiting, ...other.waiting]) response.end('done');
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200);
  });

  it('lets only so many be tried again at a time; the others get what came', async () => {
    const retry = {
      attempts: 1,
      perTryTimeout: 0,
      on: ['5xx' as const],
      backOff: { base: 1, max: 1 },
    };
    const {
      upstream: started,
      waiting,
      ask,
    } = await breaking({ maxRetries: 1 }, { route: { retry } });
    const first = ask();
    await eventually(() => expect(waiting).toHaveLength(1));
    waiting[0]?.writeHead(503).end('first');
    await eventually(() => expect(waiting).toHaveLength(2));
    // The first one's second try is under way.
    const second = ask();
    await eventually(() => expect(waiting).toHaveLength(3));
    waiting[2]?.writeHead(500).end('as it came');
    expect((await second).status).toBe(500);
    expect(await (await second).text()).toBe('as it came');
    waiting[1]?.end('well');
    expect((await first).status).toBe(200);
    await eventually(() => expect(started.hops()).toHaveLength(3));
    const last = started.hops().find(({ status }) => status === 500) as Hop;
    expect(flagsOf(last)).toBe(HopFlag.OPEN_CIRCUIT);
    // Its place is free again.
    const third = ask();
    await eventually(() => expect(waiting).toHaveLength(4));
    waiting[3]?.writeHead(503).end();
    await eventually(() => expect(waiting).toHaveLength(5));
    waiting[4]?.end('well');
    expect((await third).status).toBe(200);
  });

  it('counts streams of HTTP/2 as requests', async () => {
    const held: { end(text: string): void }[] = [];
    const service = await startHttp2Service((stream) => void held.push(stream));
    open.push(service);
    const circuitBreaker = { ...LIMITS, maxRequests: 2 };
    const { port } = await upstream({
      ports: [service.port],
      cluster: { protocol: 'h2', circuitBreaker },
    });
    const ask = (): Promise<Response> => fetch(`http://127.0.0.1:${port}/`);
    const asked = [ask(), ask()];
    await eventually(() => expect(held).toHaveLength(2));
    expect((await ask()).status).toBe(503);
    for (const response of held) response.end('done');
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200);
    const next = ask();
    await eventually(() => expect(held).toHaveLength(3));
    held[2]?.end('done');
    expect((await next).status).toBe(200);
  });

  it('counts tunnels as connections', async () => {
    const { upstream: started, waiting } = await breaking(
      { maxConnections: 1 },
      { protocol: 'tcp' },
    );
    const { port } = started;
    const [first, second] = [await rawClient(port), await rawClient(port)];
    open.push(first, second);
    await eventually(() => expect([first.closed(), second.closed()]).toContain(true));
    const left = first.closed() ? second : first;
    expect(left.closed()).toBe(false);
    left.close();
    await eventually(async () => {
      const third = await rawClient(port);
      open.push(third);
      third.send('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
      await eventually(() => expect(third.closed() || waiting.length > 0).toBe(true));
      expect(waiting).toHaveLength(1);
    });
  });

  it('may be changed while requests are under way, and counts on', async () => {
    const { upstream: started, waiting, ask } = await breaking({ maxRequests: 1 });
    const asked = [ask()];
    await eventually(() => expect(waiting).toHaveLength(1));
    expect((await ask()).status).toBe(503);
    await started.push({ cluster: { circuitBreaker: { ...LIMITS, maxRequests: 2 } } });
    asked.push(ask());
    await eventually(() => expect(waiting).toHaveLength(2));
    expect((await ask()).status).toBe(503);
    for (const response of waiting) response.end('done');
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200);
  });
});

describe('a fault that holds requests back', () => {
  const fault: FaultConfig = { name: 'slow', match: {}, random: false };
  const slow: FaultConfig = { ...fault, delay: { duration: 60_000, percentage: 100 } };

  /** Waits until so many requests have come, of which all are held. */
  async function held(limits: Partial<CircuitBreakerConfig>, one: FaultConfig, count: number) {
    const more: Partial<UpstreamOptions> = { route: { faults: [one] } };
    const started = await breaking(limits, more);
    const asked = Array.from({ length: count }, () => started.ask());
    return { ...started, asked };
  }

  it('fills the breaker as a slow service would: one more is refused at once', async () => {
    const { upstream: started, waiting, asked, ask } = await held({ maxRequests: 2 }, slow, 3);
    const refused = await Promise.race(asked);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('2 requests run already');
    await eventually(() => expect(started.hops()).toHaveLength(1));
    const [hop] = started.hops() as [Hop];
    expect(hop).toMatchObject({ failure: 'overflow', faults: 'slow' });
    expect(flagsOf(hop)).toBe(HopFlag.OPEN_CIRCUIT);
    // It goes: those that it held go on, and their places are theirs.
    await started.push({ route: { faults: [] } });
    await eventually(() => expect(waiting).toHaveLength(2));
    expect((await ask()).status).toBe(503);
    for (const response of waiting) response.end('done');
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 503]);
  });

  it('has a connection in use on HTTP/1.1: others wait for it, and only so many', async () => {
    const limits = { maxConnections: 1, maxPendingRequests: 1 };
    const brief: FaultConfig = { ...fault, delay: { duration: 300, percentage: 100 } };
    const { upstream: started, waiting, asked } = await held(limits, brief, 3);
    expect(await (await Promise.race(asked)).text()).toContain('1 requests wait already');
    await eventually(() => expect(waiting).toHaveLength(1));
    // The second one's delay begins when it has the connection.
    waiting[0]?.end('done');
    await eventually(() => expect(waiting).toHaveLength(2));
    waiting[1]?.end('done');
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 503]);
    await eventually(() => expect(started.hops()).toHaveLength(3));
    const injected = started.hops().map(({ timing }) => Math.round(timing.injected / 300));
    expect(injected.sort()).toEqual([0, 1, 2]);
  });

  it('gives its place back when the caller gives up', async () => {
    const { upstream: started, waiting, ask } = await held({ maxRequests: 1 }, slow, 0);
    const caller = await rawClient(started.port);
    caller.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await eventually(async () => expect((await ask()).status).toBe(503));
    caller.socket.resetAndDestroy();
    const failures = (): string[] => started.hops().map(({ failure }) => failure);
    await eventually(() => expect(failures()).toContain('downstream-gone'));
    await started.push({ route: { faults: [] } });
    const next = ask();
    await eventually(() => expect(waiting).toHaveLength(1));
    waiting[0]?.end('done');
    expect((await next).status).toBe(200);
  });

  it('counts among those that wait where it keeps a connection from being made', async () => {
    const partition: FaultConfig = { ...fault, partition: { percentage: 100 } };
    const { asked } = await held({ maxPendingRequests: 1 }, partition, 2);
    expect(await (await Promise.race(asked)).text()).toContain('1 requests wait already');
    const last = await Promise.all(asked.map(async (one) => (await one).headers));
    const failures = last.map((headers) => headers.get('x-faultline-failure'));
    expect(failures.sort()).toEqual(['connect-failure', 'overflow']);
  });

  it('counts as a connection where it holds one of bytes', async () => {
    const { upstream: started } = await breaking(
      { maxConnections: 1 },
      { protocol: 'tcp', route: { faults: [slow] } },
    );
    const clients = [await rawClient(started.port), await rawClient(started.port)];
    open.push(...clients);
    await eventually(() => expect(clients.filter((one) => one.closed())).toHaveLength(1));
    await eventually(() => expect(started.hops()).toHaveLength(1));
    const [hop] = started.hops() as [Hop];
    expect(hop).toMatchObject({ failure: 'overflow', faults: 'slow' });
  });
});

describe('a connection pool', () => {
  it('closes a connection when it has served as many requests as it may', async () => {
    const sockets = new Set<unknown>();
    const service = await startService((request, response) => {
      sockets.add(request.socket);
      response.end('done');
    });
    open.push(service);
    const { port } = await upstream({
      ports: [service.port],
      cluster: { connectionPool: { maxRequestsPerConnection: 2 } },
    });
    for (let i = 0; i < 6; i++) await (await fetch(`http://127.0.0.1:${port}/`)).text();
    expect(sockets.size).toBe(3);
  });

  it('closes a connection that nobody has used for its idle timeout', async () => {
    let closed = 0;
    const service = await startService((request, response) => {
      request.socket.once('close', () => closed++);
      response.end('done');
    });
    open.push(service);
    const { port } = await upstream({
      ports: [service.port],
      cluster: { connectionPool: { idleTimeout: 50 } },
    });
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    await eventually(() => expect(closed).toBe(1));
  });
});
