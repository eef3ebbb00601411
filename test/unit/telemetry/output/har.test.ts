import { describe, expect, it } from 'vitest';
import { harPart } from '../../../../src-main/engine/har-pages.ts';
import type { KeptExchange } from '../../../../src-main/telemetry/capture/kept-exchange.ts';
import { harEntry } from '../../../../src-main/telemetry/output/har.ts';
import { viewTrace } from '../../../../src-main/telemetry/traces/view.ts';
import { hop } from '../../../support/hops.ts';
import type { Hop } from '../../../../src-main/proxy/hop.ts';

const TRACE = 'a'.repeat(32);

function viewOf(given: Partial<Hop> = {}) {
  const [view] = viewTrace(TRACE, [hop(given)]).hops;
  if (!view) throw new Error('a hop has a view');
  return view;
}

const base = { lacks: '', decoded: '', trailers: [] } as const;

function exchangeOf(given: {
  request?: Partial<KeptExchange['request']>;
  response?: Partial<NonNullable<KeptExchange['response']>>;
}): KeptExchange {
  const body = new Uint8Array(0);
  return {
    capture: 'c',
    traceId: TRACE,
    spanId: 's',
    isFinal: true,
    masked: true,
    request: {
      ...base,
      ...{ method: 'POST', path: '/a?b=1&b=x%20y', host: 'shop:8080', protocol: 'http/1.1' },
      ...{ headers: [], body, bodyBytes: 0 },
      ...given.request,
    },
    response: { ...base, status: 200, headers: [], body, bodyBytes: 0, ...given.response },
  };
}

describe('an exchange as an entry of HTTP Archive 1.2', () => {
  it('has times that add up to what the hop took', () => {
    const timing = { injected: 300, queue: 1, connect: 2, tls: 3, upstream: 4 };
    const { time, timings } = harEntry(TRACE, viewOf({ duration: 315, timing }), undefined);
    expect(timings).toEqual({
      ...{ blocked: 301, dns: -1, connect: 5, ssl: 3 },
      ...{ send: 0, wait: 4, receive: 5 },
    });
    expect(time).toBe(315);
  });

  it('says where there was no connection to make', () => {
    const { timings } = harEntry(TRACE, viewOf(), undefined);
    expect([timings.connect, timings.ssl]).toEqual([-1, -1]);
  });

  it('without captured messages says so, and has what the hop knows', () => {
    const entry = harEntry(TRACE, viewOf({ status: 0, failure: 'connect-timeout' }), undefined);
    expect(entry.comment).toContain('not captured');
    expect(entry.request).toMatchObject({ url: 'http://orders/api/orders', bodySize: 100 });
    expect(entry.response).toMatchObject({ status: 0, statusText: 'connect-timeout' });
    expect(entry._faultline).toMatchObject({ from: 'gateway', to: 'orders' });
  });

  it('has headers, query, cookies and bodies', () => {
    const text = Buffer.from('{"a":1}');
    const entry = harEntry(
      TRACE,
      viewOf({ protocol: 'h2' }),
      exchangeOf({
        request: {
          headers: [
            ['content-type', 'application/json'],
            ['cookie', 'a=***; b=***'],
          ],
          body: text,
          bodyBytes: 7,
        },
        response: {
          headers: [
            ['set-cookie', 'sid=***; Path=/'],
            ['location', '/next'],
          ],
          body: Uint8Array.from([0xff, 0]),
          bodyBytes: 900,
          lacks: 'cut',
        },
      }),
    );
    expect(entry.request).toMatchObject({
      url: 'http://shop:8080/a?b=1&b=x%20y',
      httpVersion: 'HTTP/2',
      queryString: [
        { name: 'b', value: '1' },
        { name: 'b', value: 'x y' },
      ],
      cookies: [
        { name: 'a', value: '***' },
        { name: 'b', value: '***' },
      ],
      postData: { mimeType: 'application/json', text: '{"a":1}' },
    });
    expect(entry.response).toMatchObject({
      redirectURL: '/next',
      cookies: [{ name: 'sid', value: '***' }],
      content: {
        size: 900,
        text: '/wA=',
        encoding: 'base64',
        comment: 'Cut: 2 of 900 bytes were kept.',
      },
    });
    expect(entry.comment).toBeUndefined();
  });
});

describe('requests as parts of an archive', () => {
  const outer = hop({ spanId: '1', start: 5 });
  const inner = hop({ spanId: '2', parentId: '1', direction: 'inbound', start: 6 });
  const call = hop({ spanId: '3', parentId: '2', direction: 'outbound', start: 7 });
  const telemetry = {
    trace: async (traceId: string) =>
      traceId === TRACE ? viewTrace(TRACE, [outer, inner, call], ['3']) : undefined,
    exchange: async (_trace: string, _span: string, isRevealed: boolean) => ({
      isMaskedForGood: false,
      shown: exchangeOf({ request: { host: isRevealed ? 'revealed' : 'masked' } }),
    }),
  };

  it('are every exchange of a caller, or the one that is asked for, with their secrets masked', async () => {
    const all = await harPart(telemetry, [{ traceId: TRACE }]);
    expect(all.entries.map(({ _faultline }) => _faultline.spanId)).toEqual(['1', '3']);
    expect(all.entries[1]?.request.url).toContain('//masked/');
    expect(all.pages).toMatchObject([{ id: TRACE, title: 'GET /api/orders' }]);
    const one = await harPart(telemetry, [{ traceId: TRACE, spanId: '3' }]);
    expect(one.entries).toHaveLength(1);
  });

  it('tell how many are forgotten', async () => {
    expect(await harPart(telemetry, [{ traceId: 'b' }])).toEqual({
      pages: [],
      entries: [],
      forgotten: 1,
    });
  });
});
