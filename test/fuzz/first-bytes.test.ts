import fc from 'fast-check';
import { describe, it } from 'vitest';
import { detectProtocol } from '../../src-main/proxy/listener/protocol-detection.ts';
import { readServerName } from '../../src-main/proxy/listener/server-name.ts';
import { UNTIL_DONE, fuzz } from './fuzz.ts';
import { latin1, mutations } from './mutation.ts';

/** A ClientHello of TLS 1.2 and 1.3 (RFC 8446 §4.1.2), in records of at most `size` bytes. */
function clientHello(name: string, size: number): string {
  const host = `\0${u16(name.length)}${name}`;
  const list = `${u16(host.length)}${host}`;
  const extensions = `${u16(23)}${u16(0)}${u16(0)}${u16(list.length)}${list}`;
  const body =
    `\x03\x03${'r'.repeat(32)}\x20${'s'.repeat(32)}${u16(4)}\x13\x01\x13\x02\x01\0` +
    `${u16(extensions.length)}${extensions}`;
  const message = `\x01\0${u16(body.length)}${body}`;
  let records = '';
  for (let at = 0; at < message.length; at += size) {
    const part = message.slice(at, at + size);
    records += `\x16\x03\x01${u16(part.length)}${part}`;
  }
  return records;
}

function u16(value: number): string {
  return String.fromCharCode(value >> 8, value & 255);
}

const OPENINGS = [
  ...[clientHello('shop.test', 4000), clientHello('shop.test', 16), clientHello('', 4000)],
  ...[
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x12\x04\0\0\0\0\0',
    'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  ],
  ...['\r\n\r\nPOST http://a/ HTTP/1.1\r\n', 'OPTIONS * HTTP/1.1\r\n', 'CONNECT a:1 HTTP/1.1\r\n'],
  ...['*1\r\n$4\r\nPING\r\n', 'GET key\r\n', '\0\0\0\x08\x04\xd2\x16\x2f', 'EHLO a\r\n'],
];
const WORDS = [
  '\x16\x03',
  '\x16',
  '\0\0',
  '\xff\xff',
  '\r\n',
  ' ',
  '/',
  'http://',
  'PRI * HTTP/2.0',
];
const bytes = fc
  .oneof({ weight: 8, arbitrary: mutations(OPENINGS, WORDS) }, { weight: 1, arbitrary: latin1(40) })
  .map((text) => Buffer.from(text, 'latin1'));
const cut = fc.double({ min: 0, max: 1, noNaN: true });

/** What was decided on the first bytes stays true, whatever follows them. */
function checkDecision<T>(read: (some: Buffer) => T | undefined, all: Buffer, at: number): void {
  const early = read(all.subarray(0, Math.floor(at * all.length)));
  const late = read(all);
  if (early !== undefined && early !== late) {
    throw new Error(`decided ${String(early)}, then ${String(late)}`);
  }
}

describe('the first bytes of a connection, whatever they are', () => {
  it('tell a protocol that more bytes do not change', UNTIL_DONE, () =>
    fuzz('protocol detection', fc.tuple(bytes, cut), ([all, at]) =>
      checkDecision(detectProtocol, all, at),
    ),
  );

  it('tell a server name that more bytes do not change', UNTIL_DONE, () =>
    fuzz('server names', fc.tuple(bytes, cut), ([all, at]) =>
      checkDecision(readServerName, all, at),
    ),
  );

  it('tell the name of a hello in one record or in many', () => {
    for (const size of [1, 7, 64, 4000]) {
      const name = readServerName(Buffer.from(clientHello('Shop.Test', size), 'latin1'));
      if (name !== 'shop.test') throw new Error(`${size}: ${name}`);
    }
  });
});
