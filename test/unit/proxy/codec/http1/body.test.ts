import { describe, expect, it } from 'vitest';
import { pieces, readRequests, readResponse } from './reading.ts';

const CHUNKED = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
const NEXT = 'GET /next HTTP/1.1\r\nHost: a\r\n\r\n';

describe('a chunked body', () => {
  const body = '5\r\nhello\r\n6;ext="x"\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n';

  it.each([1, 2, 3, 7, 1000])(
    'is read whole in pieces of %i bytes, and the next request after it',
    (n) => {
      const result = readRequests(...pieces(CHUNKED + body + NEXT, n));
      expect(result.error).toBeUndefined();
      expect(result.bodies).toEqual(['hello world', '']);
      expect(result.trailers[0]).toEqual(['x-sum', '1']);
      expect(result.heads[1]?.path).toBe('/next');
    },
  );

  const REFUSED: readonly (readonly [string, string])[] = [
    ['a size that is no number', 'x\r\n'],
    ['a signed size', '+5\r\nhello\r\n'],
    ['a size with a prefix', '0x5\r\nhello\r\n'],
    ['a blank before the size', ' 5\r\nhello\r\n'],
    ['a blank behind the size', '5 \r\nhello\r\n'],
    ['a size that overflows', 'fffffffffffffffff\r\n'],
    ['a bare LF behind the size', '5\nhello\r\n'],
    ['a chunk longer than its size', '5\r\nhello!\r\n'],
    ['a chunk that ends with a bare LF', '5\r\nhello\n'],
    ['a control character in an extension', '5;a=\x01\r\nhello\r\n'],
    ['an endless extension', `5;${'a'.repeat(400)}\r\n`],
    ['a trailer that is no header line', '0\r\nwhat\r\n\r\n'],
    ['an endless trailer section', `0\r\n${'X: 1\r\n'.repeat(3000)}`],
  ];
  it.each(REFUSED)('is refused with %s', (_what, text) => {
    expect(readRequests(CHUNKED + text).error?.code).toBe('bad-request');
  });
});

describe('the length of an answer', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n';

  it('is none for HEAD, 204 and 304, whatever the head says', () => {
    expect(readResponse('HEAD', [head]).bodies).toEqual(['']);
    expect(readResponse('GET', [head.replace('200 OK', '204 No Content')]).bodies).toEqual(['']);
    expect(readResponse('GET', [head.replace('200 OK', '304 Not Modified')]).bodies).toEqual(['']);
  });

  it('is Content-Length where it is given', () => {
    expect(readResponse('GET', [head, 'hel', 'lo']).bodies).toEqual(['hello']);
  });

  it('reaches to the end of the connection without a framing', () => {
    const result = readResponse('GET', ['HTTP/1.1 200 OK\r\n\r\nhe', 'llo'], true);
    expect(result).toMatchObject({ bodies: ['hello'], cutOff: false });
  });

  it('is known to be cut off where the connection ends before', () => {
    expect(readResponse('GET', [`${head}he`], true)).toMatchObject({ bodies: [], cutOff: true });
  });

  it.each([
    ['two framings', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['an unknown version', 'HTTP/2 200 OK\r\n\r\n'],
    ['a status of two digits', 'HTTP/1.1 99 No\r\n\r\n'],
    ['101, which nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a bare LF', 'HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n'],
  ])('cannot be told with %s', (_what, text) => {
    expect(readResponse('GET', [text]).error?.code).toBe('bad-request');
  });

  it('accepts a status line without a reason, with or without the blank', () => {
    expect(
      readResponse('GET', ['HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n']).heads[0]?.reason,
    ).toBe('');
    expect(
      readResponse('GET', ['HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n']).heads[0]?.reason,
    ).toBe('');
  });
});
