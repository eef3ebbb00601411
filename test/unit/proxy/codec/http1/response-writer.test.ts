import { describe, expect, it } from 'vitest';
import { parseResponseHead } from '../../../../../src-main/proxy/codec/http1/response-head.ts';
import {
  answerHead,
  framingOf,
  localAnswerText,
} from '../../../../../src-main/proxy/codec/http1/response-writer.ts';

const head = (text: string): ReturnType<typeof parseResponseHead> =>
  parseResponseHead(text.replaceAll('\n', '\r\n'), 50);
const LENGTH = head('HTTP/1.1 200 OK\nContent-Length: 5\n');
const CHUNKED = head('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n');
const OPEN = head('HTTP/1.0 200 OK\n');

describe('an answer', () => {
  it('is framed by what the caller can read', () => {
    expect(framingOf(LENGTH, 'GET', 1)).toBe('length');
    expect(framingOf(CHUNKED, 'GET', 1)).toBe('chunked');
    expect(framingOf(CHUNKED, 'GET', 0)).toBe('close');
    expect(framingOf(OPEN, 'GET', 1)).toBe('chunked');
    expect(framingOf(LENGTH, 'HEAD', 1)).toBe('none');
  });

  it('to HEAD tells the length that GET would have', () => {
    expect(answerHead(LENGTH, 'none', false)).toBe('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n');
  });

  it('of 204 has no length', () => {
    const none = head('HTTP/1.1 204 No Content\nContent-Length: 0\n');
    expect(answerHead(none, 'none', false)).toBe('HTTP/1.1 204 No Content\r\n\r\n');
  });

  it('says when the connection ends, and gets the usual reason where it has none', () => {
    expect(answerHead(head('HTTP/1.1 404\n'), 'chunked', true)).toBe(
      'HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n',
    );
  });
});

describe("the proxy's own answer", () => {
  const local = {
    status: 503,
    code: 'no-endpoint' as const,
    message: 'no instance is ready',
    faults: '',
  };

  it('says what went wrong, for people and for programs', () => {
    const text = localAnswerText(local, 'GET', false);
    expect(text).toContain('HTTP/1.1 503 Service Unavailable\r\n');
    expect(text).toContain('x-faultline-failure: no-endpoint\r\n');
    expect(text.endsWith('faultline: no instance is ready (no-endpoint)\n')).toBe(true);
    const length = Number(/content-length: (\d+)/.exec(text)?.[1]);
    expect(Buffer.byteLength(text.split('\r\n\r\n')[1] ?? '')).toBe(length);
  });

  it('has no body where there must be none', () => {
    expect(localAnswerText(local, 'HEAD', false).endsWith('\r\n\r\n')).toBe(true);
    expect(localAnswerText({ ...local, status: 204 }, 'GET', false)).not.toContain(
      'content-length',
    );
  });

  it('is correct also where the message has characters beyond ASCII', () => {
    const text = localAnswerText({ ...local, message: 'GET /\u00e9 \u20ac' }, 'GET', false);
    const length = Number(/content-length: (\d+)/.exec(text)?.[1]);
    expect(Buffer.from(text, 'latin1').toString('latin1').split('\r\n\r\n')[1]).toHaveLength(
      length,
    );
  });
});
