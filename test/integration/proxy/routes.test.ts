import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import type { MatchCondition, RouteConfig } from '../../../src-main/proxy/config.ts';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { eventually } from '../../support/eventually.ts';
import { startHop } from '../../support/hop.ts';
import type { TestHop } from '../../support/hop.ts';
import { echo, readAll, startService } from '../../support/service.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function hopBy(...route: Partial<RouteConfig>[]): Promise<TestHop> {
  const service = stack.add(await startService(echo));
  return stack.add(await startHop({ service: service.port, route }));
}

function get(port: number, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });
}

const condition = (
  given: Omit<MatchCondition, 'name'> & { name?: string },
): RouteConfig['match'] => ({
  conditions: [{ name: '', ...given }],
});

describe('the routes of a listener', () => {
  it('are tried in order, and the hop names the one that was taken', async () => {
    const hop = await hopBy(
      {
        name: 'api/item',
        match: condition({ of: 'path', by: 'regex', values: ['/items/[0-9]+'] }),
      },
      {
        name: 'api/gold',
        match: condition({ of: 'cookie', name: 'tier', by: 'exact', values: ['gold'] }),
      },
      {
        name: 'api/paged',
        match: condition({ of: 'query', name: 'page', by: 'present', values: [] }),
      },
      { name: 'api' },
    );
    await get(hop.port, '/items/7?page=1', { cookie: 'tier=gold' });
    await get(hop.port, '/items/seven?page=1', { cookie: 'a=b; tier=gold' });
    await get(hop.port, '/items/seven?page=1');
    await get(hop.port, '/items/seven');
    await eventually(() => {
      const outbound = hop.hops().filter(({ direction }) => direction === 'outbound');
      expect(outbound.map(({ route }) => route)).toEqual([
        'api/item',
        'api/gold',
        'api/paged',
        'api',
      ]);
    });
  });

  it('send a request that none matches nowhere', async () => {
    const hop = await hopBy({
      match: condition({ of: 'header', name: 'x-user', by: 'prefix', values: ['a'] }),
    });
    expect(await get(hop.port, '/', { 'x-user': 'ada' })).toBe(200);
    expect(await get(hop.port, '/', { 'x-user': 'bob' })).toBe(404);
  });

  it('have faults of their own', async () => {
    const abort = { status: 418, percentage: 100 };
    const hop = await hopBy(
      {
        name: 'api/broken',
        match: { pathPrefix: '/broken' },
        faults: [{ name: 'teapot', match: {}, abort, random: false }],
      },
      { name: 'api' },
    );
    expect(await get(hop.port, '/broken/a')).toBe(418);
    expect(await get(hop.port, '/whole')).toBe(200);
  });
});

describe('what a route does by itself', () => {
  const whole = (
    port: number,
    path: string,
  ): Promise<{ status: number; headers: object; body: string }> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
        readAll(answer).then(
          (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
          reject,
        );
      });
      sent.on('error', reject).end();
    });

  it('reaches the service as it is rewritten, while overrides and faults match what was asked', async () => {
    const hop = await hopBy({
      rewrite: { prefix: { from: '/api', to: '/' }, host: 'inner' },
      requestHeaders: { set: { 'x-edge': 'eu' } },
      responseHeaders: { set: { 'x-seen': 'yes' }, remove: ['date'] },
      faults: [
        {
          name: 'f',
          match: { pathPrefix: '/api/bad' },
          abort: { status: 500, percentage: 100 },
          random: false,
        },
      ],
    });
    const answer = await whole(hop.port, '/api/a?b');
    const seen = JSON.parse(answer.body) as { url: string; headers: Record<string, string> };
    expect(seen.url).toBe('/a?b');
    expect(seen.headers).toMatchObject({
      host: 'inner',
      'x-edge': 'eu',
      'x-envoy-original-path': '/api/a?b',
    });
    expect(answer.headers).toMatchObject({ 'x-seen': 'yes' });
    expect(answer.headers).not.toHaveProperty('date');
    expect((await whole(hop.port, '/api/bad')).status).toBe(500);
  });

  it('answers a redirect and a text of its own, marked as no failure', async () => {
    const hop = await hopBy(
      { match: { pathPrefix: '/old' }, redirect: { path: '/new', code: 308 } },
      { directResponse: { status: 503, body: 'closed', headers: { 'retry-after': '60' } } },
    );
    expect(await whole(hop.port, '/old/x?y')).toMatchObject({
      status: 308,
      headers: { location: `http://127.0.0.1:${hop.port}/new?y` },
      body: '',
    });
    expect(await whole(hop.port, '/')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '60', 'content-type': 'text/plain' },
      body: 'closed',
    });
    await eventually(() => {
      expect(hop.hops().map(({ flags, failure }) => [flags, failure])).toEqual([
        [HopFlag.DIRECT_RESPONSE, ''],
        [HopFlag.DIRECT_RESPONSE, ''],
      ]);
    });
  });
});
