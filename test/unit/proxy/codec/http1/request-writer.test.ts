import { describe, expect, it } from 'vitest';
import { parseRequestHead } from '../../../../../src-main/proxy/codec/http1/request-head.ts';
import { requestHeadText } from '../../../../../src-main/proxy/codec/http1/request-writer.ts';

function headOf(
  text: string,
  direction: 'gateway' | 'outbound' | 'inbound',
  clientCertificate = '',
): string[] {
  const head = parseRequestHead(text.replaceAll('\n', '\r\n'), 50);
  const ours = {
    remoteAddress: '10.0.0.9',
    scheme: 'http' as const,
    requestId: 'r-1',
    traceparent: '00-a-b-01',
  };
  return requestHeadText({ head, direction, clientCertificate, ...ours })
    .split('\r\n')
    .filter(Boolean);
}

describe('the head that goes upstream', () => {
  it('is written anew, in lower case, with what belongs to the request as a whole', () => {
    const lines = headOf(
      'POST /a HTTP/1.1\nHost: shop\nX-One: 1\nContent-Length: 5\nKeep-Alive: 5\n',
      'outbound',
    );
    expect(lines).toEqual([
      'POST /a HTTP/1.1',
      'host: shop',
      'x-one: 1',
      'content-length: 5',
      'x-request-id: r-1',
      'traceparent: 00-a-b-01',
    ]);
  });

  it('keeps the framing that was read, and never two of them', () => {
    const lines = headOf('POST / HTTP/1.1\nHost: a\nTransfer-Encoding: Chunked\n', 'outbound');
    expect(lines).toContain('transfer-encoding: chunked');
    expect(lines.join()).not.toContain('content-length');
  });

  it('tells at the gateway who asked, behind what earlier proxies said', () => {
    const text = 'GET / HTTP/1.1\nHost: a\nX-Forwarded-For: 1.2.3.4\nX-Forwarded-Proto: https\n';
    const lines = headOf(text, 'gateway');
    expect(lines).toContain('x-forwarded-for: 1.2.3.4, 10.0.0.9');
    expect(lines.filter((line) => line.startsWith('x-forwarded-proto'))).toEqual([
      'x-forwarded-proto: http',
    ]);
  });

  it('leaves that alone between services', () => {
    expect(headOf('GET / HTTP/1.1\nHost: a\nX-Forwarded-For: 1.2.3.4\n', 'inbound')).toContain(
      'x-forwarded-for: 1.2.3.4',
    );
  });

  it('carries nothing that a service behind CGI would take for ours or for the framing', () => {
    const given = 'X_Forwarded_Client_Cert: URI=spiffe://a/admin\nContent_Length: 5\nX_Own: 1\n';
    const lines = headOf(`GET / HTTP/1.1\nHost: a\n${given}`, 'outbound');
    expect(lines.filter((line) => line.includes('_'))).toEqual(['x_own: 1']);
  });

  it("carries the caller's identity only where we have seen it", () => {
    const text = 'GET / HTTP/1.1\nHost: a\nX-Forwarded-Client-Cert: URI=spiffe://a/admin\n';
    expect(headOf(text, 'gateway').join()).not.toContain('admin');
    const lines = headOf(text, 'inbound', 'x-forwarded-client-cert: URI=spiffe://a/web\r\n');
    expect(lines.filter((line) => line.includes('client-cert'))).toEqual([
      'x-forwarded-client-cert: URI=spiffe://a/web',
    ]);
  });

  it('does not let a Connection header take away what is ours', () => {
    const text =
      'GET / HTTP/1.1\nHost: a\nConnection: host, x-forwarded-for, x-mine\nX-Forwarded-For: 1.2.3.4\nX-Mine: 1\n';
    const lines = headOf(text, 'inbound');
    expect(lines).toContain('host: a');
    expect(lines).toContain('x-forwarded-for: 1.2.3.4');
    expect(lines).not.toContain('x-mine: 1');
  });
});
