import { describe, expect, it } from 'vitest';
import {
  detectProtocol,
  isHttp2Preface,
} from '../../../../src-main/proxy/listener/protocol-detection.ts';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

describe('the protocol of a connection', () => {
  it.each([
    ['GET / HTTP/1.1', 'http/1.1'],
    ['\r\nOPTIONS * HTTP/1.1', 'http/1.1'],
    ['GET http://a/', 'http/1.1'],
    ['CONNECT a:1', 'http/1.1'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'h2'],
    ['\x16\x03\x01', 'tls'],
    ['\x16\x02', 'tcp'],
    ['PING\r\n', 'tcp'],
    ['GET key\r\n', 'tcp'],
    ['*1\r\n$4\r\nPING\r\n', 'tcp'],
    ['\x00\x00\x00\x08\x04\xd2\x16\x2f', 'tcp'],
    ['\r\n'.repeat(32), 'tcp'],
    ['\r\n'.repeat(31), undefined],
    ['GET ', undefined],
    ['GET ht', undefined],
    ['', undefined],
  ])('that begins with %j is %s', (text, protocol) => {
    expect(detectProtocol(Buffer.from(text, 'latin1'))).toBe(protocol);
  });
});

describe('the first bytes of a connection', () => {
  it('open HTTP/2 where they are its whole preface', () => {
    expect(isHttp2Preface(Buffer.from(PREFACE))).toBe(true);
    expect(isHttp2Preface(Buffer.from(`${PREFACE}more`))).toBe(true);
  });

  it('may still become that while they agree with it', () => {
    for (let i = 0; i < PREFACE.length; i++) {
      expect(isHttp2Preface(Buffer.from(PREFACE.slice(0, i)))).toBe(undefined);
    }
  });

  it('are something else from the first byte that differs', () => {
    expect(isHttp2Preface(Buffer.from('PO'))).toBe(false);
    expect(isHttp2Preface(Buffer.from('GET / HTTP/1.1\r\n'))).toBe(false);
    expect(isHttp2Preface(Buffer.from('PRI * HTTP/2.0\r\n\r\nXX'))).toBe(false);
  });
});
