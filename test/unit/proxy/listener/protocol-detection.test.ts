import { describe, expect, it } from 'vitest';
import { isHttp2Preface } from '../../../../src-main/proxy/listener/protocol-detection.ts';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

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
