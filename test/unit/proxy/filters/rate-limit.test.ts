import { describe, expect, it } from 'vitest';
import { createRateLimitFilter } from '../../../../src-main/proxy/filters/http/rate-limit.ts';
import type { RequestContext } from '../../../../src-main/proxy/filters/http/request-filter.ts';
import type { RateLimitConfig } from '../../../../src-main/proxy/config.ts';
import { createRateLimits } from '../../../../src-main/proxy/rate-limit/rate-limit.ts';
import type { KnownLimits } from '../../../../src-main/proxy/rate-limit/rate-limit.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const WEB = 'spiffe://shop.local/ns/default/sa/web';
const JOBS = 'spiffe://shop.local/ns/default/sa/jobs';

const LIMIT: RateLimitConfig = {
  name: 'limit',
  match: {},
  perCaller: false,
  maxTokens: 2,
  tokensPerFill: 1,
  fillInterval: 1_000,
  headers: false,
};

interface Tried {
  /** The answer's status, or 0: it goes on. */
  ask(peerSpiffeId: string, path?: string, remoteAddress?: string): number;
  /** The headers of the last refusal. */
  refusal(): unknown;
  /** The headers that an answer gets. */
  answer(): Record<string, string>;
  readonly clock: FakeClock;
  readonly limits: KnownLimits;
}

function tried(configs: Partial<RateLimitConfig>[], before?: Tried): Tried {
  const clock = before?.clock ?? new FakeClock();
  const all = configs.map((one, i) => ({ ...LIMIT, name: `limit${i}`, ...one }));
  const limits = createRateLimits(all, before?.limits);
  const filter = createRateLimitFilter([...limits.values()]);
  let refusal: unknown;
  const request = (peerSpiffeId: string, path: string, remoteAddress: string): RequestContext =>
    ({
      clock,
      peerSpiffeId,
      path,
      remoteAddress,
      method: 'GET',
      host: '',
      names: [],
      values: [],
    }) as never;
  return {
    clock,
    limits,
    ask(peerSpiffeId, path = '/', remoteAddress = '127.0.0.1') {
      const action = filter?.onRequest?.(request(peerSpiffeId, path, remoteAddress));
      if (action?.kind !== 'respond') return 0;
      refusal = { rule: action.rule, ...Object.fromEntries(action.headers ?? []) };
      return action.status;
    },
    refusal: () => refusal,
    answer: () => {
      const head = { status: 200, names: ['a'], values: ['b'] } as never;
      const after = filter?.onResponse?.(head, request(WEB, '/', '')) ?? head;
      const { names, values } = after as { names: string[]; values: string[] };
      return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
    },
  };
}

describe('a rate limit', () => {
  it('refuses with 429 what is more, until tokens come again', () => {
    const limit = tried([{}]);
    expect([1, 2, 3].map(() => limit.ask(WEB))).toEqual([0, 0, 429]);
    expect(limit.refusal()).toEqual({ rule: 'limit0', 'x-envoy-ratelimited': 'true' });
    limit.clock.advance(1_000);
    expect([1, 2].map(() => limit.ask(JOBS))).toEqual([0, 429]);
  });

  it('has a bucket for each caller where it says so, in plain text by address', () => {
    const limit = tried([{ perCaller: true, maxTokens: 1 }]);
    expect([WEB, WEB, JOBS, JOBS].map((who) => limit.ask(who))).toEqual([0, 429, 0, 429]);
    expect(['1', '1', '2'].map((address) => limit.ask('', '/', address))).toEqual([0, 429, 0]);
  });

  it('is for the requests and the caller that it names', () => {
    const limit = tried([{ caller: WEB, match: { pathPrefix: '/a' }, maxTokens: 1 }]);
    expect(limit.ask(WEB, '/a')).toBe(0);
    expect(limit.ask(WEB, '/a/b')).toBe(429);
    expect([limit.ask(WEB, '/b'), limit.ask(JOBS, '/a'), limit.ask('', '/a')]).toEqual([0, 0, 0]);
  });

  it('takes no token of others for what one of them refuses', () => {
    const limit = tried([{ maxTokens: 3 }, { caller: WEB, maxTokens: 1 }]);
    expect([WEB, WEB, WEB, JOBS, JOBS, JOBS].map((who) => limit.ask(who))).toEqual([
      0, 429, 429, 0, 0, 429,
    ]);
  });

  it('tells in headers what is left, of the limit that leaves the least', () => {
    const limit = tried([
      { headers: true, maxTokens: 9 },
      { headers: true, maxTokens: 2 },
    ]);
    limit.clock.advance(400);
    limit.ask(WEB);
    expect(limit.answer()).toEqual({
      a: 'b',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': '1',
    });
    limit.ask(WEB);
    limit.ask(WEB);
    expect(limit.refusal()).toMatchObject({
      'x-envoy-ratelimited': 'true',
      'x-ratelimit-remaining': '0',
    });
    expect(tried([{}]).answer()).toEqual({ a: 'b' });
  });

  it('goes on with its tokens when another one comes or goes', () => {
    const first = tried([{ name: 'kept', maxTokens: 1 }]);
    first.ask(WEB);
    const second = tried(
      [
        { name: 'kept', maxTokens: 1 },
        { name: 'new', maxTokens: 5 },
      ],
      first,
    );
    expect(second.ask(WEB)).toBe(429);
    const third = tried([{ name: 'kept', maxTokens: 2 }], second);
    expect(third.ask(WEB)).toBe(0);
  });

  it('keeps no more than a thousand buckets of addresses', () => {
    const limit = tried([{ perCaller: true, maxTokens: 1 }]);
    for (let i = 0; i < 1_000; i++) limit.ask('', '/', `a${i}`);
    expect(limit.ask('', '/', 'a0')).toBe(429);
    limit.ask('', '/', 'one more');
    expect(limit.ask('', '/', 'a0')).toBe(0);
    expect(limit.ask('', '/', 'a2')).toBe(429);
  });
});
