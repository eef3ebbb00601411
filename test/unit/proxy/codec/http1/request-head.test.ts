import { describe, expect, it } from 'vitest';
import { readRequests } from './reading.ts';

const HOST = 'Host: a.example\r\n';
const get = (rest: string): string => `GET /x HTTP/1.1\r\n${rest}\r\n`;

describe('a request head', () => {
  it('is read into method, path, host and lower-case headers in order', () => {
    const { heads } = readRequests(get(`${HOST}X-One: 1\r\nAccept:  text/html \t\r\nX-ONE: 2\r\n`));
    expect(heads).toHaveLength(1);
    expect(heads[0]).toMatchObject({
      method: 'GET',
      path: '/x',
      host: 'a.example',
      names: ['host', 'x-one', 'accept', 'x-one'],
      values: ['a.example', '1', 'text/html', '2'],
    });
  });

  it('keeps obs-text bytes of a value as they are', () => {
    const { heads } = readRequests(get(`${HOST}X-Name: caf\xe9\r\n`));
    expect(heads[0]?.values[1]).toBe('caf\xe9');
  });

  it('takes an absolute-form target apart, whose host wins over the Host header', () => {
    const { heads } = readRequests(`GET http://b.example:81/p?q=1 HTTP/1.1\r\n${HOST}\r\n`);
    expect(heads[0]).toMatchObject({ path: '/p?q=1', host: 'b.example:81' });
  });

  it('gives an absolute-form target without a path the path /, but takes no query without one', () => {
    const { heads } = readRequests(`GET http://b.example HTTP/1.1\r\n${HOST}\r\n`);
    expect(heads[0]?.path).toBe('/');
    const { error } = readRequests(`GET http://b.example?q HTTP/1.1\r\n${HOST}\r\n`);
    expect(error?.code).toBe('bad-request');
  });

  it('has a method in capitals, registered or not', () => {
    expect(readRequests(`M-SEARCH / HTTP/1.1\r\n${HOST}\r\n`).heads[0]?.method).toBe('M-SEARCH');
    expect(readRequests(`get / HTTP/1.1\r\n${HOST}\r\n`).error?.code).toBe('bad-request');
  });

  it('accepts the asterisk form of OPTIONS and of nothing else', () => {
    expect(readRequests(`OPTIONS * HTTP/1.1\r\n${HOST}\r\n`).heads).toHaveLength(1);
    expect(readRequests(`GET * HTTP/1.1\r\n${HOST}\r\n`).error?.code).toBe('bad-request');
  });

  it('passes over one empty line before it, as RFC 9112 §2.2 asks', () => {
    expect(readRequests(`\r\n${get(HOST)}`).heads).toHaveLength(1);
  });

  it('takes HTTP/1.0 without Host and marks its connection to be closed', () => {
    const { heads } = readRequests('GET / HTTP/1.0\r\n\r\n');
    expect(heads[0]).toMatchObject({ minorVersion: 0, close: true, host: '' });
  });

  it('notes what Connection says', () => {
    const { heads } = readRequests(get(`${HOST}Connection: Close, X-Hop\r\n`));
    expect(heads[0]).toMatchObject({ close: true, nominated: ['x-hop'] });
  });

  it('asks for an upgrade only where the connection option says so, and never for h2c or TLS', () => {
    const upgradeOf = (lines: string): string | undefined =>
      readRequests(get(`${HOST}${lines}`)).heads[0]?.upgrade;
    expect(upgradeOf('Connection: Upgrade\r\nUpgrade: WebSocket\r\n')).toBe('websocket');
    expect(upgradeOf('Upgrade: websocket\r\n')).toBe('');
    expect(upgradeOf('Connection: upgrade\r\nUpgrade: h2c\r\n')).toBe('');
    expect(upgradeOf('Connection: upgrade\r\nUpgrade: HTTP/2.0, TLS/1.0\r\n')).toBe('');
    expect(upgradeOf('Connection: upgrade\r\nUpgrade: h2c, spdy/3.1\r\n')).toBe('spdy/3.1');
  });

  it('refuses an Upgrade that is no list of protocols', () => {
    const reading = readRequests(get(`${HOST}Connection: upgrade\r\nUpgrade: a b\r\n`));
    expect(reading.error).toBeDefined();
  });

  it('is the same wherever the bytes are cut', () => {
    const text = `POST /a?b=c HTTP/1.1\r\n${HOST}X-A: 1\r\nContent-Length: 5\r\n\r\nhello${get(HOST)}`;
    const whole = readRequests(text);
    for (let cut = 1; cut < text.length; cut++) {
      const cutUp = readRequests(text.slice(0, cut), text.slice(cut));
      expect(cutUp).toEqual(whole);
    }
    expect(whole.bodies).toEqual(['hello', '']);
  });

  const REFUSED: readonly (readonly [string, string, string])[] = [
    ['a bare LF after the request line', `GET / HTTP/1.1\n${HOST}\r\n`, 'bad-request'],
    ['a bare LF after a header', `GET / HTTP/1.1\r\nHost: a\nX: 1\r\n\r\n`, 'bad-request'],
    ['a bare CR within a value', get(`${HOST}X: 1\r2\r\n`), 'bad-request'],
    ['a NUL in a value', get(`${HOST}X: a\0b\r\n`), 'bad-request'],
    ['a control character in a value', get(`${HOST}X: a\x07b\r\n`), 'bad-request'],
    ['an obsolete fold', get(`${HOST}X: 1\r\n 2\r\n`), 'bad-request'],
    ['white space before the colon', get(`${HOST}X : 1\r\n`), 'bad-request'],
    ['a header line without a colon', get(`${HOST}nothing\r\n`), 'bad-request'],
    ['an empty header name', get(`${HOST}: 1\r\n`), 'bad-request'],
    ['a header name with a bracket', get(`${HOST}X[1]: 1\r\n`), 'bad-request'],
    ['two Host headers', get(`${HOST}${HOST}`), 'bad-request'],
    ['no Host in HTTP/1.1', get('X: 1\r\n'), 'bad-request'],
    ['a Host with user information', get('Host: me@a\r\n'), 'bad-request'],
    ['a Host with a path', get('Host: a/b\r\n'), 'bad-request'],
    [
      'two Content-Lengths',
      get(`${HOST}Content-Length: 1\r\nContent-Length: 1\r\n`),
      'bad-request',
    ],
    ['a list of Content-Lengths', get(`${HOST}Content-Length: 1, 1\r\n`), 'bad-request'],
    ['a signed Content-Length', get(`${HOST}Content-Length: +1\r\n`), 'bad-request'],
    ['a negative Content-Length', get(`${HOST}Content-Length: -1\r\n`), 'bad-request'],
    ['a hexadecimal Content-Length', get(`${HOST}Content-Length: 0x1\r\n`), 'bad-request'],
    [
      'an endless Content-Length',
      get(`${HOST}Content-Length: ${'9'.repeat(30)}\r\n`),
      'bad-request',
    ],
    [
      'both framings',
      get(`${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`),
      'bad-request',
    ],
    [
      'both framings the other way round',
      get(`${HOST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n`),
      'bad-request',
    ],
    [
      'two Transfer-Encodings',
      get(`${HOST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n`),
      'bad-request',
    ],
    ['a list of codings', get(`${HOST}Transfer-Encoding: gzip, chunked\r\n`), 'unsupported-coding'],
    ['an unknown coding', get(`${HOST}Transfer-Encoding: xchunked\r\n`), 'unsupported-coding'],
    [
      'a coding hidden behind a vertical tab',
      get(`${HOST}Transfer-Encoding: \x0bchunked\r\n`),
      'bad-request',
    ],
    [
      'a coding in HTTP/1.0',
      `POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n`,
      'bad-request',
    ],
    ['a request line of two parts', `GET /\r\n${HOST}\r\n`, 'bad-request'],
    ['a request line of four parts', `GET / x HTTP/1.1\r\n${HOST}\r\n`, 'bad-request'],
    ['two blanks in the request line', `GET  / HTTP/1.1\r\n${HOST}\r\n`, 'bad-request'],
    ['a lower-case version', `GET / http/1.1\r\n${HOST}\r\n`, 'bad-request'],
    ['HTTP/2.0 in a request line', `GET / HTTP/2.0\r\n${HOST}\r\n`, 'unsupported-version'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'unsupported-version'],
    ['a method that is no token', `G(T / HTTP/1.1\r\n${HOST}\r\n`, 'bad-request'],
    ['a target with a fragment', `GET /#a HTTP/1.1\r\n${HOST}\r\n`, 'bad-request'],
    ['a target with a raw byte', `GET /\xe9 HTTP/1.1\r\n${HOST}\r\n`, 'bad-request'],
    ['a target that is only a word', `GET x HTTP/1.1\r\n${HOST}\r\n`, 'bad-request'],
    ['CONNECT', `CONNECT a:443 HTTP/1.1\r\n${HOST}\r\n`, 'unsupported-upgrade'],
    ['an unknown expectation', get(`${HOST}Expect: 200-ok\r\n`), 'unsupported-expectation'],
    ['a head over the limit', get(`${HOST}X: ${'a'.repeat(2000)}\r\n`), 'head-too-large'],
    ['too many headers', get(HOST + 'X: 1\r\n'.repeat(30)), 'head-too-large'],
  ];
  it.each(REFUSED)('is refused with %s', (_what, text, code) => {
    const { error, heads } = readRequests(text);
    expect(heads).toHaveLength(0);
    expect(error?.code).toBe(code);
  });

  it('is refused as too large before its end is there', () => {
    const { error } = readRequests(`GET / HTTP/1.1\r\nX: ${'a'.repeat(1100)}`);
    expect(error?.code).toBe('head-too-large');
  });

  it('is refused at its first bare LF, not at a timeout', () => {
    expect(readRequests('GET / HTTP/1.1\n').error?.code).toBe('bad-request');
  });
});
