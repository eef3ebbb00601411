import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURES } from '../../src-main/proxy/failures.ts';
import { pieces, readRequests, readResponse } from '../unit/proxy/codec/http1/reading.ts';

/** By hand, much longer: FUZZ_SECONDS=600 npm test -- fuzz */
const BUDGET = {
  interruptAfterTimeLimit: Number(process.env['FUZZ_SECONDS'] ?? 5) * 1000,
  numRuns: 1_000_000_000,
};

/** Pieces of messages, good and bad, in any order: closer to an attack than random bytes. */
const fragment = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'GET / HTTP/1.1\r\n',
      'POST /x HTTP/1.1\r\n',
      'HTTP/1.1 200 OK\r\n',
      'Host: a\r\n',
      'Content-Length: 5\r\n',
      'Content-Length: 0\r\n',
      'Transfer-Encoding: chunked\r\n',
      'transfer-encoding:\tchunked \r\n',
      'Connection: close\r\n',
      'Expect: 100-continue\r\n',
      '\r\n',
      '\n',
      '\r',
      '5\r\nhello\r\n',
      '0\r\n\r\n',
      '0\r\nX: 1\r\n\r\n',
      ' ',
      ':',
      '\0',
      'ffffffffff\r\n',
    ),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 12, unit: 'binary' }) },
);
const message = fc
  .array(fragment, { maxLength: 14 })
  .map((parts) => parts.join('').replace(/[^\0-\xff]/g, '?'));

describe('the HTTP/1.1 reader, fed with anything', () => {
  it('never throws, fails only with codes of the table, and reads the same wherever the bytes are cut', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 1, max: 9 }), (text, size) => {
        const whole = readRequests(text);
        if (whole.error) expect(FAILURES).toHaveProperty([whole.error.code]);
        const cut = readRequests(...pieces(text, size));
        expect(cut.heads).toEqual(whole.heads);
        expect(cut.bodies).toEqual(whole.bodies);
        expect(cut.error?.code).toBe(whole.error?.code);
      }),
      BUDGET,
    );
  });

  it('reads answers the same way', () => {
    fc.assert(
      fc.property(
        message,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('GET', 'HEAD'),
        (text, size, method) => {
          const whole = readResponse(method, [text]);
          const cut = readResponse(method, pieces(text, size));
          expect(cut.bodies).toEqual(whole.bodies);
          expect(cut.error?.code).toBe(whole.error?.code);
        },
      ),
      BUDGET,
    );
  });
});
