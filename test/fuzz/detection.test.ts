import { connect as connectTls } from 'node:tls';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { detectProtocol } from '../../src-main/proxy/listener/protocol-detection.ts';
import { readServerName } from '../../src-main/proxy/listener/server-name.ts';
import { UNTIL_DONE, fuzz } from './fuzz.ts';

/** What OpenSSL says first to a server of this name. */
function helloFor(servername: string, version: 'TLSv1.2' | 'TLSv1.3'): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        resolve(chunk);
        done();
      },
    });
    const limits = { minVersion: version, maxVersion: version };
    const socket = connectTls({ socket: wire, servername, ...limits });
    socket.on('error', () => undefined);
  });
}

/** The same hello in records of at most `size` bytes (RFC 8446 §5.1). */
function inRecords(hello: Buffer, size: number): Buffer {
  const body = hello.subarray(5);
  const records: Buffer[] = [];
  for (let from = 0; from < body.length; from += size) {
    const part = body.subarray(from, from + size);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(part.length);
    records.push(hello.subarray(0, 3), length, part);
  }
  return Buffer.concat(records);
}

const NAMES = ['a.example', 'Shop.Example', `${'x'.repeat(60)}.example`];
const hellos: { name: string; bytes: Buffer }[] = [];

beforeAll(async () => {
  for (const name of NAMES) {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      hellos.push({ name, bytes: await helloFor(name, version) });
    }
  }
});

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 100 }).map((given) => Buffer.from(given)),
  fc
    .array(
      fc.constantFrom(
        'GET ',
        '/',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'PRI ',
        'CONNECT ',
        'HTTP/1.1\r\n',
        'http://',
        'HTTPS:/',
        '*',
        '\r\n',
        '\r',
        '\n',
        ' ',
        'PING',
        '*1\r\n$4\r\n',
        '\x16\x03',
        '\x16',
        '\0',
      ),
      { maxLength: 6 },
    )
    .map((parts) => Buffer.from(parts.join(''), 'latin1')),
);

describe('the detection of protocols, fed with anything', () => {
  it(
    'says of the first bytes what it says of all, however they were cut into packets',
    UNTIL_DONE,
    () =>
      fuzz('first bytes in packets', bytes, (given) => {
        let decided: string | undefined;
        for (let length = 0; length <= given.length; length++) {
          const found = detectProtocol(given.subarray(0, length));
          if (decided !== undefined) expect(found).toBe(decided);
          decided = found;
        }
      }),
  );
});

describe('the name in a hello of TLS', () => {
  it('is found when the hello is whole and not before, in records of any size', UNTIL_DONE, () => {
    const inputs = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 600 }), fc.nat());
    return fuzz('hellos in records', inputs, ([which, size, cut]) => {
      const { name, bytes: hello } = hellos[which % hellos.length] as (typeof hellos)[number];
      const whole = inRecords(hello, size);
      expect(readServerName(whole)).toBe(name.toLowerCase());
      expect(readServerName(whole.subarray(0, cut % whole.length))).toBe(undefined);
    });
  });

  it('is some text or none where bytes of it are changed, and nothing throws', UNTIL_DONE, () => {
    const change = fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) });
    const inputs = fc.tuple(fc.nat(), fc.array(change, { maxLength: 5 }));
    return fuzz('changed hellos', inputs, ([which, changes]) => {
      const broken = Buffer.from((hellos[which % hellos.length] as { bytes: Buffer }).bytes);
      for (const { at, to } of changes) broken[at % broken.length] = to;
      const found = readServerName(broken);
      expect(found === undefined || typeof found === 'string').toBe(true);
      if (found !== undefined) expect(found.length).toBeLessThan(broken.length);
    });
  });
});
