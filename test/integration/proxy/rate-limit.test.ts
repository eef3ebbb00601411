import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { RateLimitConfig, RouteConfig } from '../../../src-main/proxy/config.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { echo, startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

function limited(limit: Partial<RateLimitConfig>): RouteConfig[] {
  const one = {
    name: 'few',
    match: {},
    perCaller: true,
    maxTokens: 3,
    tokensPerFill: 1,
    fillInterval: 3_600_000,
    headers: true,
    ...limit,
  };
  const split = [{ cluster: 'local', weight: 1 }];
  const route = { name: 'inbound', match: {}, overrides: [], split, timeout: 0, faults: [] };
  return [{ ...route, rateLimits: [one] }];
}

async function start(limit: Partial<RateLimitConfig>): Promise<TestHop> {
  const service = stack.add(await startService(echo));
  const inbound = { mtls: 'permissive' as const, routes: limited(limit) };
  return stack.add(await startHop({ service: service.port, inbound }));
}

function ask(port: number, path = '/'): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path }, (answer) => {
      const { headers, statusCode = 0 } = answer;
      answer.resume().on('end', () => resolve({ status: statusCode, headers }));
    })
      .on('error', reject)
      .end();
  });
}

describe('a rate limit', () => {
  it('lets exactly so many of each caller through, and marks what it refuses', async () => {
    const hop = await start({});
    const first = [await ask(hop.port), await ask(hop.port)];
    const others = await Promise.all(Array.from({ length: 8 }, () => ask(hop.port)));
    const answers = [...first, ...others];
    const ofPlain = await Promise.all(Array.from({ length: 5 }, () => ask(hop.inbound)));
    const count = (all: typeof answers, status: number): number =>
      all.filter((one) => one.status === status).length;
    expect([count(answers, 200), count(answers, 429)]).toEqual([3, 7]);
    expect([count(ofPlain, 200), count(ofPlain, 429)]).toEqual([3, 2]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers).toMatchObject({
      'x-envoy-ratelimited': 'true',
      'x-faultline-failure': 'rate-limited',
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '3600',
    });
    const remaining = answers.map(({ headers }) => headers['x-ratelimit-remaining']);
    expect(remaining).toEqual(['2', '1', ...Array<string>(8).fill('0')]);
    await eventually(() => {
      const inbound = hop.hops().filter(({ direction }) => direction === 'inbound');
      expect(inbound).toHaveLength(15);
      const marked = inbound.filter(({ flags }) => flags & HopFlag.RATE_LIMITED);
      expect(marked.map(({ rule, failure }) => `${rule} ${failure}`)).toEqual(
        Array(9).fill('few rate-limited'),
      );
    });
  });

  it('keeps its count when the configuration comes again, and goes when it is taken away', async () => {
    const hop = await start({ match: { pathPrefix: '/a' }, maxTokens: 1, headers: false });
    expect((await ask(hop.port, '/a')).status).toBe(200);
    expect((await ask(hop.port, '/b')).status).toBe(200);
    const routes = limited({ match: { pathPrefix: '/a' }, maxTokens: 1, headers: false });
    await hop.pushInbound({ mtls: 'strict', routes: [{ ...routes[0]!, timeout: 5_000 }] });
    expect((await ask(hop.port, '/a')).status).toBe(429);
    await hop.pushInbound({ mtls: 'strict', routes: [{ ...routes[0]!, rateLimits: [] }] });
    const { headers, status } = await ask(hop.port, '/a');
    expect([status, headers['x-ratelimit-limit']]).toEqual([200, undefined]);
  });
});
