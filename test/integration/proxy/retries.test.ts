import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { RouteConfig } from '../../../src-main/proxy/config.ts';
import type { RetryConfig } from '../../../src-main/proxy/config/retry.ts';
import type { CircuitBreakerConfig } from '../../../src-main/proxy/config/upstream.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startInstance } from '../../support/instances.ts';
import type { Asked, Instance } from '../../support/instances.ts';
import { startUpstream } from '../../support/upstream.ts';
import type { TestUpstream, UpstreamOptions } from '../../support/upstream.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const RETRY: RetryConfig = {
  attempts: 2,
  perTryTimeout: 0,
  on: ['5xx'],
  backOff: { base: 1, max: 1 },
};

const well = ({ response }: Asked): void => void response.end('well');
const badly = ({ response }: Asked): void => void response.writeHead(503).end('badly');

async function instances(...answers: ((asked: Asked) => void)[]): Promise<Instance[]> {
  return Promise.all(answers.map(async (answer) => stack.add(await startInstance(answer))));
}

async function calling(
  to: readonly Instance[],
  route: Partial<RouteConfig>,
  more: Partial<UpstreamOptions> = {},
): Promise<TestUpstream> {
  const ports = to.map(({ port }) => port);
  return stack.add(await startUpstream({ ports, route, ...more }));
}

function ask({ port }: TestUpstream, init?: RequestInit): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(10_000), ...init });
}

const has = ({ flags }: Hop, flag: keyof typeof HopFlag): boolean => (flags & HopFlag[flag]) !== 0;

describe('further tries', () => {
  it('go to instances that were not tried yet, and to any when all were', async () => {
    const all = await instances(badly, badly, badly);
    const upstream = await calling(all, { retry: { ...RETRY, attempts: 3 } });
    expect((await ask(upstream)).status).toBe(503);
    await eventually(() => expect(upstream.hops()).toHaveLength(4));
    const tried = upstream.hops().map(({ destinationInstance }) => destinationInstance);
    expect(new Set(tried.slice(0, 3)).size).toBe(3);
    expect(tried[3]).toMatch(/^api-/);
  });

  it('may go to the same instance where the policy does not mind', async () => {
    const all = await instances(badly, badly);
    const retry = { ...RETRY, attempts: 9, ignorePreviousHosts: false };
    const cluster = {
      loadBalancing: { algorithm: 'maglev', hash: { source: 'address' } },
    } as const;
    const upstream = await calling(all, { retry }, { cluster });
    await ask(upstream);
    await eventually(() => expect(upstream.hops()).toHaveLength(10));
    expect(new Set(upstream.hops().map((hop) => hop.destinationInstance)).size).toBe(1);
  });

  it('are none for a body that is larger than the policy keeps, and the hop says why', async () => {
    const upstream = await calling(await instances(badly, well), {
      retry: { ...RETRY, bufferBytes: 1000 },
    });
    const large = await ask(upstream, { method: 'POST', body: 'x'.repeat(300_000) });
    expect(large.status).toBe(503);
    await eventually(() => expect(upstream.hops()).toHaveLength(1));
    expect(has(upstream.hops()[0] as Hop, 'RETRY_ABANDONED')).toBe(true);
  });

  it('are made for a body that is small enough, of which none is lost', async () => {
    const [bad, good] = await instances(badly, ({ response, body }) => void response.end(body));
    const retry = { ...RETRY, bufferBytes: 400_000 };
    const upstream = await calling([bad as Instance, good as Instance], { retry });
    const body = 'x'.repeat(300_000);
    expect(await (await ask(upstream, { method: 'POST', body })).text()).toBe(body);
  });

  it('are made for a header of the answer that the policy names', async () => {
    const again = ({ response }: Asked): void =>
      void response.setHeader('x-again', 'yes').end('no');
    const retry: RetryConfig = {
      ...RETRY,
      on: ['retriable-headers'],
      headers: [{ of: 'header', name: 'x-again', by: 'exact', values: ['yes'] }],
    };
    const upstream = await calling(await instances(again, well), { retry });
    expect(await (await ask(upstream)).text()).toBe('well');
  });

  it('wait as long as the answer asks for', async () => {
    const later = ({ response }: Asked): void =>
      void response.writeHead(503, { 'retry-after': '1' }).end();
    const resetHeaders = [{ name: 'retry-after', format: 'seconds' as const }];
    const retry: RetryConfig = { ...RETRY, rateLimitedBackOff: { resetHeaders, max: 5_000 } };
    const upstream = await calling(await instances(later, well), { retry });
    expect(await (await ask(upstream)).text()).toBe('well');
    await eventually(() => expect(upstream.hops()).toHaveLength(2));
    const [first, second] = upstream.hops() as [Hop, Hop];
    expect(second.start - first.start).toBeGreaterThan(990);
  });

  it('are no more than the budget allows; the others get what came', async () => {
    const waiting: Asked[] = [];
    const held = await instances((asked) => void waiting.push(asked));
    const circuitBreaker: CircuitBreakerConfig = {
      maxConnections: 100,
      maxPendingRequests: 100,
      maxRequests: 100,
      maxRetries: 100,
      retryBudget: { budgetPercent: 0, minRetryConcurrency: 1 },
    };
    const upstream = await calling(held, { retry: RETRY }, { cluster: { circuitBreaker } });
    const asking = [ask(upstream), ask(upstream)];
    await eventually(() => expect(waiting).toHaveLength(2));
    for (const { response } of waiting.splice(0)) response.writeHead(503).end();
    await eventually(() => expect(waiting).toHaveLength(1));
    expect((await Promise.race(asking)).status).toBe(503);
    await eventually(() => expect(upstream.hops()).toHaveLength(2));
    expect(upstream.hops().filter((hop) => has(hop, 'OPEN_CIRCUIT'))).toHaveLength(1);
    waiting[0]?.response.end('well');
    const statuses = (await Promise.all(asking)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 503]);
  });
});

describe("a caller's own headers", () => {
  const headers = { 'x-envoy-retry-on': '5xx', 'x-envoy-max-retries': '1' };

  it('count where the route lets callers say so', async () => {
    const upstream = await calling(await instances(badly, well), { callerOverrides: true });
    expect((await ask(upstream, { headers })).status).toBe(200);
    const slow = await calling(await instances(() => undefined), { callerOverrides: true });
    const timeout = { 'x-envoy-upstream-rq-timeout-ms': '50' };
    expect((await ask(slow, { headers: timeout })).status).toBe(504);
  });

  it('count for nothing anywhere else', async () => {
    const upstream = await calling(await instances(badly, well), {});
    expect((await ask(upstream, { headers })).status).toBe(503);
  });
});
