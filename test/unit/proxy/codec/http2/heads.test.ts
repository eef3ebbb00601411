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
import type { RequestHead } from '../../../../../src-main/proxy/codec/http1/request-head.ts';

const LINE = [':method', 'GET', ':scheme', 'http', ':authority', 'api', ':path', '/a?b'];
const read = (fields: string[], complete = true): RequestHead =>
  readRequestFields([...LINE, ...fields], complete, 50);

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

  it('has one cookie, whatever crumbs it came in', () => {
    const head = read(['cookie', 'a=1', 'x', 'y', 'cookie', 'b=2']);
    expect(head.names).toEqual(['cookie', 'x']);
    expect(head.values[0]).toBe('a=1; b=2');
  });

  it.each([
    ['a line end in a value', ['x', 'a\r\nx-admin: 1']],
    ['another Host', ['host', 'other']],
    ['two lengths', ['content-length', '1', 'content-length', '1']],
    ['a length that is none', ['content-length', '+1']],
    ['a length without a body', ['content-length', '5']],
    ['a name that is no token', ['x y', '1']],
  ])('is refused with %s', (_what, fields) => {
    expect(() => read(fields)).toThrow();
  });

  it.each(['', 'a', '/a b', '/a#b', '*', 'http://a/'])('is refused with the path %j', (path) => {
    const fields = [':method', 'GET', ':authority', 'api', ':path', path];
    expect(() => readRequestFields(fields, true, 50)).toThrow();
  });

  it('goes upstream without what belongs to one connection of HTTP/1.1', () => {
    const text =
      'POST /x HTTP/1.1\r\nHost: api\r\nConnection: close, x-mine\r\nX-Mine: 1\r\nTE: trailers\r\n' +
      'Transfer-Encoding: chunked\r\nExpect: 100-continue\r\nA: 1\r\nA: 2\r\n';
    const fields = requestFields({
      head: parseRequestHead(text, 50),
      direction: 'outbound',
      remoteAddress: '10.0.0.9',
      requestId: 'r-1',
      clientCertificate: 'x-forwarded-client-cert: URI=spiffe://a\r\n',
      traceparent: '00-a-b-01',
    });
    expect(fields).toEqual({
      ':method': 'POST',
      ':scheme': 'http',
      ':authority': 'api',
      ':path': '/x',
      te: 'trailers',
      a: ['1', '2'],
      'x-forwarded-client-cert': 'URI=spiffe://a',
      'x-request-id': 'r-1',
      traceparent: '00-a-b-01',
    });
  });

  it('tells at the gateway who asked, whatever the caller claims', () => {
    const fields = requestFields({
      head: read(['x-forwarded-for', '1.2.3.4', 'x-forwarded-proto', 'https']),
      direction: 'gateway',
      remoteAddress: '10.0.0.9',
      requestId: 'r-1',
      clientCertificate: '',
      traceparent: 't',
    });
    expect(fields['x-forwarded-for']).toBe('1.2.3.4, 10.0.0.9');
    expect(fields['x-forwarded-proto']).toBe('http');
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

  it('has a body for everybody else, and none for HEAD', () => {
    const { fields, body } = localAnswerFields(answer, 'GET', false);
    expect(fields['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(localAnswerFields(answer, 'HEAD', false).body).toBe('');
  });
});
