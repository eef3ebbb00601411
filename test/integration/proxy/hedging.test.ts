import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { RouteConfig } from '../../../src-main/proxy/config.ts';
import type { HedgeConfig, RetryConfig } from '../../../src-main/proxy/config/retry.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { isFailed } from '../../../src-main/telemetry/outcome.ts';
import { eventually } from '../../support/eventually.ts';
import { grpcClient, startGrpcService } from '../../support/grpc.ts';
import { http2Client, startHttp2Service } from '../../support/http2-service.ts';
import { startInstance } from '../../support/instances.ts';
import type { Asked, Instance } from '../../support/instances.ts';
import { rawClient } from '../../support/raw-client.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream, UpstreamOptions } from '../../support/upstream.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const SOON: HedgeConfig = { after: 30, attempts: 1 };
const RETRY: RetryConfig = {
  attempts: 2,
  perTryTimeout: 0,
  on: ['5xx'],
  backOff: { base: 1, max: 1 },
};

const well = ({ response }: Asked): void => void response.end('well');
const badly = ({ response }: Asked): void => void response.writeHead(503).end('badly');

async function instance(answer?: (asked: Asked) => void): Promise<Instance> {
  return stack.add(await startInstance(answer));
}

async function calling(
  instances: readonly { readonly port: number }[],
  route: Partial<RouteConfig>,
  more: Partial<UpstreamOptions> = {},
): Promise<TestUpstream> {
  const ports = instances.map(({ port }) => port);
  return stack.add(await startUpstream({ ports, route, ...more }));
}

function ask({ port }: TestUpstream, init?: RequestInit): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(10_000), ...init });
}

async function hopsOf(upstream: TestUpstream, count: number): Promise<Hop[]> {
  await eventually(() => expect(upstream.hops()).toHaveLength(count));
  return upstream.hops().toSorted((a, b) => a.attempt - b.attempt);
}

const has = ({ flags }: Hop, flag: keyof typeof HopFlag): boolean => (flags & HopFlag[flag]) !== 0;

describe('a hedged request', () => {
  it('is tried at another instance after a while, whose answer wins; the first is cancelled', async () => {
    const [slow, fast] = [await instance(), await instance(well)];
    const upstream = await calling([slow, fast], { hedge: SOON });
    const answer = await ask(upstream);
    expect([answer.status, await answer.text()]).toEqual([200, 'well']);
    await eventually(() => expect(slow.cancelled()).toBe(1));
    const [lost, won] = (await hopsOf(upstream, 2)) as [Hop, Hop];
    expect([lost.destinationInstance, won.destinationInstance]).toEqual(['api-0', 'api-1']);
    expect([lost, won].map((hop) => has(hop, 'HEDGED'))).toEqual([true, true]);
    expect([lost, won].map((hop) => has(hop, 'HEDGE_LOST'))).toEqual([true, false]);
    expect([lost.status, lost.failure, isFailed(lost)]).toEqual([0, '', false]);
    expect(won.status).toBe(200);
    expect(lost.parentId).toBe(won.parentId);
    expect(lost.spanId).not.toBe(won.spanId);
  });

  it('is answered by the first try, where that comes first, and the second is cancelled', async () => {
    const [slow, other] = [await instance(), await instance()];
    const upstream = await calling([slow, other], { hedge: SOON });
    const asking = ask(upstream);
    await eventually(() => expect(other.asked).toHaveLength(1));
    slow.asked[0]?.response.end('at last');
    expect(await (await asking).text()).toBe('at last');
    await eventually(() => expect(other.cancelled()).toBe(1));
    const [won, lost] = (await hopsOf(upstream, 2)) as [Hop, Hop];
    expect([has(won, 'HEDGE_LOST'), has(lost, 'HEDGE_LOST')]).toEqual([false, true]);
  });

  it('is one try where its answer is soon enough', async () => {
    const upstream = await calling([await instance(well)], {
      hedge: { after: 5_000, attempts: 1 },
    });
    expect((await ask(upstream)).status).toBe(200);
    const [only] = (await hopsOf(upstream, 1)) as [Hop];
    expect(has(only, 'HEDGED')).toBe(false);
  });

  it('starts as many as the policy allows, each at an instance of its own', async () => {
    const all = await Promise.all([instance(), instance(), instance(), instance()]);
    const upstream = await calling(all, { hedge: { after: 20, attempts: 2 } });
    const asking = ask(upstream);
    await eventually(() => expect(all.filter(({ asked }) => asked.length === 1)).toHaveLength(3));
    all[2]?.asked[0]?.response.end('third');
    expect(await (await asking).text()).toBe('third');
    await eventually(() => expect(all[0]?.cancelled()).toBe(1));
    await eventually(() => expect(all[1]?.cancelled()).toBe(1));
    expect(all[3]?.asked).toHaveLength(0);
  });

  it('does not take a bad answer while another may come', async () => {
    const [slow, bad] = [await instance(), await instance(badly)];
    const upstream = await calling([slow, bad], { hedge: SOON });
    const asking = ask(upstream);
    await eventually(() => expect(upstream.hops()).toHaveLength(1));
    slow.asked[0]?.response.end('good');
    expect(await (await asking).text()).toBe('good');
    const [won, failed] = (await hopsOf(upstream, 2)) as [Hop, Hop];
    expect([won.status, failed.status]).toEqual([200, 503]);
    expect(has(failed, 'RETRIED')).toBe(true);
  });

  it('is answered with the last bad answer where none is good, and retried first if that is allowed', async () => {
    const [slow, bad] = [await instance(), await instance(badly)];
    const upstream = await calling([slow, bad], { hedge: SOON });
    const asking = ask(upstream);
    await eventually(() => expect(upstream.hops()).toHaveLength(1));
    slow.asked[0]?.response.writeHead(502).end('worse');
    expect((await asking).status).toBe(502);

    const [third, fourth] = [await instance(), await instance(badly)];
    const retrying = await calling([third, fourth], { hedge: SOON, retry: RETRY });
    const again = ask(retrying);
    await eventually(() => expect(retrying.hops()).toHaveLength(1));
    third.asked[0]?.response.writeHead(502).end();
    await eventually(() => expect(third.asked.length + fourth.asked.length).toBeGreaterThan(2));
    // All have been tried: the next goes to any, and the last answer is the caller's.
    for (const { response } of third.asked.slice(1)) response.end('well');
    expect([200, 503]).toContain((await again).status);
  });

  it('sends its whole body with each try, and not one byte twice to the caller', async () => {
    const [slow, fast] = [
      await instance(),
      await instance(({ response, body }) => response.end(body)),
    ];
    const upstream = await calling([slow, fast], { hedge: SOON });
    const body = 'x'.repeat(100_000);
    const answer = await ask(upstream, { method: 'POST', body });
    expect(await answer.text()).toBe(body);
    expect(slow.asked[0]?.body).toBe(body);
  });

  it('is sent once where its body is larger than what is kept, and its hop says so', async () => {
    const [slow, other] = [await instance(), await instance()];
    const retry = { ...RETRY, attempts: 0, bufferBytes: 1000 };
    const upstream = await calling([slow, other], { hedge: SOON, retry });
    const asking = ask(upstream, { method: 'POST', body: 'x'.repeat(100_000) });
    await eventually(() => expect(slow.asked.length + other.asked.length).toBe(1));
    const { response } = (slow.asked[0] ?? other.asked[0]) as Asked;
    await new Promise((resolve) => response.write('begun', resolve));
    response.end();
    expect(await (await asking).text()).toBe('begun');
    await hopsOf(upstream, 1);
  });

  it('counts against the circuit breaker: where it is full, no other try starts', async () => {
    const [slow, other] = [await instance(), await instance()];
    const circuitBreaker = {
      maxConnections: 10,
      maxPendingRequests: 10,
      maxRequests: 10,
      maxRetries: 0,
    };
    const upstream = await calling([slow, other], { hedge: SOON }, { cluster: { circuitBreaker } });
    const asking = ask(upstream);
    await eventually(() => expect(slow.asked).toHaveLength(1));
    // Behind two more turns of its clock.
    await ask(
      await calling([await instance(), await instance(well)], { hedge: { ...SOON, after: 60 } }),
    );
    slow.asked[0]?.response.end('alone');
    expect(await (await asking).text()).toBe('alone');
    expect(other.asked).toHaveLength(0);
    const [only] = (await hopsOf(upstream, 1)) as [Hop];
    expect(has(only, 'OPEN_CIRCUIT')).toBe(true);
  });

  it('ends with all its tries when the caller goes', async () => {
    const [one, other] = [await instance(), await instance()];
    // Later than a caller may be who has only ended his own side.
    const upstream = await calling([one, other], { hedge: { after: 120, attempts: 1 } });
    const controller = new AbortController();
    const asking = ask(upstream, { signal: controller.signal }).catch((error: Error) => error.name);
    await eventually(() => expect(other.asked).toHaveLength(1));
    controller.abort();
    expect(await asking).toBe('AbortError');
    await eventually(() => expect([one.cancelled(), other.cancelled()]).toEqual([1, 1]));
    const hops = await hopsOf(upstream, 2);
    expect(hops.map(({ failure }) => failure).sort()).toEqual(['', 'downstream-gone']);
  });

  it('ends with all its tries at the timeout', async () => {
    const [one, other] = [await instance(), await instance()];
    const upstream = await calling([one, other], { hedge: SOON, timeout: 150 });
    expect((await ask(upstream)).status).toBe(504);
    await eventually(() => expect([one.cancelled(), other.cancelled()]).toEqual([1, 1]));
    const hops = await hopsOf(upstream, 2);
    expect(hops.filter((hop) => has(hop, 'TIMEOUT'))).toHaveLength(1);
  });

  it('meets faults with each of its tries', async () => {
    const [one, other] = [await instance(well), await instance(well)];
    const fault = {
      name: 'slow-first',
      match: {},
      random: false,
      instance: 'api-0',
      delay: { duration: 5_000, at: 'request', percentage: 100 },
    } as const;
    const upstream = await calling([one, other], { hedge: SOON, faults: [fault] });
    expect(await (await ask(upstream)).text()).toBe('well');
    const [lost, won] = (await hopsOf(upstream, 2)) as [Hop, Hop];
    expect([lost.faults, won.faults]).toEqual(['slow-first', '']);
    expect(lost.timing.injected).toBeGreaterThan(20);
    expect(one.asked).toHaveLength(0);
  });

  it('is never an upgrade', async () => {
    const [one, other] = [await instance(), await instance()];
    const upstream = await calling([one, other], { hedge: SOON, timeout: 200 });
    const client = stack.add(await rawClient(upstream.port));
    client.send('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    await eventually(() => expect(client.received()).toContain('504'));
    await hopsOf(upstream, 1);
    expect(other.asked).toHaveLength(0);
  });
});

describe('hedging on a per-try timeout', () => {
  const hedge: HedgeConfig = { attempts: 1, onPerTryTimeout: true };
  const retry = { ...RETRY, attempts: 1, perTryTimeout: 40 };

  it('starts the retry beside the try, which may still win', async () => {
    const [slow, other] = [await instance(), await instance()];
    const upstream = await calling([slow, other], { hedge, retry });
    const asking = ask(upstream);
    await eventually(() => expect(other.asked).toHaveLength(1));
    slow.asked[0]?.response.end('slow but first');
    expect(await (await asking).text()).toBe('slow but first');
    await eventually(() => expect(other.cancelled()).toBe(1));
    const [won, lost] = (await hopsOf(upstream, 2)) as [Hop, Hop];
    expect([won.failure, lost.failure]).toEqual(['', '']);
    expect(has(lost, 'HEDGE_LOST')).toBe(true);
  });

  it('lets the last try go on, as Envoy does, where no retry is left', async () => {
    const [slow, other] = [await instance(), await instance()];
    const upstream = await calling([slow, other], { hedge, retry, timeout: 400 });
    const answer = await ask(upstream);
    expect(answer.headers.get('x-faultline-failure')).toBe('timeout');
    const hops = await hopsOf(upstream, 2);
    expect(hops.some((hop) => has(hop, 'RETRY_LIMIT'))).toBe(true);
  });
});

describe('hedging over HTTP/2', () => {
  it('resets the stream that loses', async () => {
    let resets = 0;
    const hanging = stack.add(
      await startHttp2Service((stream) => void stream.on('aborted', () => resets++)),
    );
    const fast = stack.add(
      await startHttp2Service((stream) => {
        stream.respond({ ':status': 200 });
        stream.end('fast');
      }),
    );
    const upstream = await calling([hanging, fast], { hedge: SOON });
    const client = stack.add(http2Client(upstream.port));
    const answer = await client.send({});
    expect([answer.status, answer.body.toString()]).toEqual([200, 'fast']);
    await eventually(() => expect(resets).toBe(1));
    await hopsOf(upstream, 2);
  });

  it('carries a gRPC call', async () => {
    let resets = 0;
    const hanging = stack.add(
      await startHttp2Service((stream) => void stream.on('close', () => resets++)),
    );
    const service = stack.add(await startGrpcService());
    const upstream = await calling([hanging, service], { hedge: SOON });
    const client = stack.add(grpcClient(upstream.port));
    expect((await client.unary('hello', 5_000)).answer).toBe('hello');
    await eventually(() => expect(resets).toBe(1));
    const [lost, won] = (await hopsOf(upstream, 2)) as [Hop, Hop];
    expect([won.grpcStatus, lost.grpcStatus]).toEqual([0, -1]);
    expect([lost, won].map(isFailed)).toEqual([false, false]);
  });
});
