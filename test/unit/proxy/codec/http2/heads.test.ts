import { describe, expect, it } from 'vitest';
import { trailerFields } from '../../../../../src-main/proxy/codec/http2/fields.ts';
import { localAnswerFields } from '../../../../../src-main/proxy/codec/http2/local-answer.ts';
import {
  readRequestFields,
  requestFields,
} from '../../../../../src-main/proxy/codec/http2/request-head.ts';
import {
  readResponseFields,
  responseFields,
} from '../../../../../src-main/proxy/codec/http2/response-head.ts';
import { parseRequestHead } from '../../../../../src-main/proxy/codec/http1/request-head.ts';
import { parseResponseHead } from '../../../../../src-main/proxy/codec/http1/response-head.ts';
import type { RequestHead } from '../../../../../src-main/proxy/codec/http1/request-head.ts';
import type { OutgoingRequest } from '../../../../../src-main/proxy/exchange/streams.ts';

const LINE = [':method', 'GET', ':scheme', 'http', ':authority', 'api', ':path', '/a?b'];
const read = (fields: string[], complete = true): RequestHead =>
  readRequestFields([...LINE, ...fields], complete, 50);

const outgoing = (head: RequestHead, more: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  head,
  direction: 'outbound',
  remoteAddress: '10.0.0.9',
  scheme: 'http',
  requestId: 'r-1',
  clientCertificate: '',
  traceparent: 't',
  ...more,
});

describe('the head of an HTTP/2 request', () => {
  it('is read into the form that every protocol shares', () => {
    const head = read(['x-one', '1', 'X-TWO'.toLowerCase(), '2']);
    expect(head).toMatchObject({ method: 'GET', path: '/a?b', host: 'api', chunked: false });
    expect(head.names).toEqual(['x-one', 'x-two']);
  });

  it('has a body of unknown length unless the head ended the stream or told a length', () => {
    expect(read([]).contentLength).toBe(-1);
    expect(read([], false)).toMatchObject({ contentLength: -1, chunked: true });
    expect(read(['content-length', '5'], false)).toMatchObject({
      contentLength: 5,
      chunked: false,
    });
  });

  it('has values without blanks around them', () => {
    expect(read(['x', ' a b\t', 'y', ' ']).values).toEqual(['a b', '']);
  });

  it('has one cookie, whatever crumbs it came in', () => {
    const head = read(['cookie', 'a=1', 'x', 'y', 'cookie', 'b=2']);
    expect(head.names).toEqual(['cookie', 'x']);
    expect(head.values[0]).toBe('a=1; b=2');
    expect(read(['cookie', 'a=1', 'cookie', '']).values).toEqual(['a=1']);
  });

  it.each([
    ['a line end in a value', ['x', 'a\r\nx-admin: 1']],
    ['another Host', ['host', 'other']],
    ['two lengths', ['content-length', '1', 'content-length', '1']],
    ['a length that is none', ['content-length', '+1']],
    ['a length without a body', ['content-length', '5']],
    ['a name that is no token', ['x y', '1']],
    ['a name with capitals', ['X', '1']],
    ['a control character in a value', ['x', 'a\x01b']],
    ['a character that is no byte in a value', ['x', '\u010a']],
  ])('is refused with %s', (_what, fields) => {
    expect(() => read(fields)).toThrow();
  });

  it('keeps headers whose names every object has', () => {
    const head = read(['constructor', 'a', '__proto__', 'b']);
    expect(Object.entries(requestFields(outgoing(head)))).toEqual(
      expect.arrayContaining([
        ['constructor', 'a'],
        ['__proto__', 'b'],
      ]),
    );
  });

  it('without an authority is refused, and so is an expectation that nobody knows', () => {
    const bare = [':method', 'GET', ':path', '/'];
    expect(() => readRequestFields(bare, true, 50)).toThrow();
    expect(readRequestFields([...bare, 'host', 'api'], true, 50).host).toBe('api');
    expect(read(['expect', '100-Continue'], false).expectContinue).toBe(true);
    expect(() => read(['expect', 'wonders'], false)).toThrow('expectation');
  });

  it.each(['', 'a', '/a b', '/a#b', '*', 'http://a/'])('is refused with the path %j', (path) => {
    const fields = [':method', 'GET', ':authority', 'api', ':path', path];
    expect(() => readRequestFields(fields, true, 50)).toThrow();
  });

  it('goes upstream without what belongs to one connection of HTTP/1.1', () => {
    const text =
      'POST /x HTTP/1.1\r\nHost: api\r\nConnection: close, x-mine\r\nX-Mine: 1\r\nTE: trailers\r\n' +
      'Transfer-Encoding: chunked\r\nExpect: 100-continue\r\nA: 1\r\nA: 2\r\n';
    const fields = requestFields(
      outgoing(parseRequestHead(text, 50), {
        clientCertificate: 'x-forwarded-client-cert: URI=spiffe://a\r\n',
      }),
    );
    expect(fields).toEqual({
      ':method': 'POST',
      ':scheme': 'http',
      ':authority': 'api',
      ':path': '/x',
      te: 'trailers',
      a: ['1', '2'],
      'x-forwarded-client-cert': 'URI=spiffe://a',
      'x-request-id': 'r-1',
      traceparent: 't',
    });
  });

  it('tells at the gateway who asked, whatever the caller claims', () => {
    const head = read([
      ...['x-forwarded-for', '1.2.3.4', 'x-forwarded-proto', 'https', 'x_forwarded_proto', 'https'],
    ]);
    const fields = requestFields(outgoing(head, { direction: 'gateway' }));
    expect(fields['x-forwarded-for']).toBe('1.2.3.4, 10.0.0.9');
    expect(fields['x-forwarded-proto']).toBe('http');
    expect(fields['x_forwarded_proto']).toBeUndefined();
  });

  it('goes upstream with what a Connection header cannot take out', () => {
    const text =
      'GET / HTTP/1.1\r\nHost: api\r\nConnection: x-forwarded-for\r\nX-Forwarded-For: 1\r\n';
    const fields = requestFields(outgoing(parseRequestHead(text, 50)));
    expect(fields['x-forwarded-for']).toBe('1');
  });

  it('of HTTP/1.0 without a Host goes upstream without an authority', () => {
    const fields = requestFields(outgoing(parseRequestHead('GET / HTTP/1.0\r\n', 50)));
    expect(fields).not.toHaveProperty(':authority');
  });

  it('says once, with commas, what node:http2 takes only once', () => {
    const fields = requestFields(outgoing(read(['range', 'a', 'range', 'b', 'dnt', '1'])));
    expect(fields).toMatchObject({ range: 'a, b', dnt: '1' });
  });
});

describe('the head of an HTTP/2 answer', () => {
  it('that ends the stream has no body, and stays so', () => {
    const head = readResponseFields([':status', '200', 'grpc-status', '5'], true);
    expect(head).toMatchObject({ status: 200, contentLength: 0, chunked: false });
    expect(responseFields(head)).toEqual({ ':status': '200', 'grpc-status': '5' });
  });

  it('keeps repeated fields apart', () => {
    const head = readResponseFields(
      [':status', '200', 'set-cookie', 'a', 'set-cookie', 'b'],
      false,
    );
    expect(responseFields(head)['set-cookie']).toEqual(['a', 'b']);
  });

  it('of a service of HTTP/1.1 with a status that is none is told as a 502', () => {
    const head = parseResponseHead('HTTP/1.1 799 Odd\r\n', 50);
    expect(responseFields(head)[':status']).toBe('502');
  });

  it('without a status, or with a line end in a value, is refused', () => {
    expect(() => readResponseFields(['a', 'b'], false)).toThrow();
    expect(() => readResponseFields([':status', '200', 'a', 'b\nc'], false)).toThrow();
  });
});

describe('trailers', () => {
  it('carry neither pseudo-fields nor framing', () => {
    expect(trailerFields(['a', '1', ':path', '/', 'content-length', '3', 'host', 'x'])).toEqual({
      a: '1',
    });
  });
});

describe("the proxy's own answer over HTTP/2", () => {
  const answer = { status: 503, code: 'no-endpoint', message: 'nö', faults: '' } as const;

  it('is trailers-only for gRPC, with the status that the HTTP one maps to', () => {
    const { fields, body } = localAnswerFields(answer, 'POST', true);
    expect(fields).toMatchObject({ ':status': '200', 'grpc-status': '14' });
    expect(fields['grpc-message']).toBe('faultline: n%C3%B6 (no-endpoint)');
    expect(body).toBe('');
  });

  it('keeps headers apart that come twice', () => {
    const headers = [
      ['set-cookie', 'a'],
      ['set-cookie', 'b'],
    ] as const;
    const { fields } = localAnswerFields({ ...answer, headers }, 'GET', false);
    expect(fields['set-cookie']).toEqual(['a', 'b']);
  });

  it('has a body for everybody else, and none for HEAD', () => {
    const { fields, body } = localAnswerFields(answer, 'GET', false);
    expect(fields['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(localAnswerFields(answer, 'HEAD', false).body).toBe('');
  });
});
