/** Lines of a head that end, begin or divide in more than one way. */
import { SMUGGLED, attacks, get, post, request } from './attack.ts';

const LF = 'RFC 9112 §2.2';
const NAMES = 'RFC 9112 §5.1';
const VALUES = 'RFC 9110 §5.5';
const KETTLE_2019 = 'Kettle, HTTP Desync Attacks: Request Smuggling Reborn, 2019';
const GARDEN = 'Kallus et al., The HTTP Garden, 2024';
const T_REQS = 'Jabiyev et al., T-Reqs, CCS 2021';

export const LINES = attacks([
  ['lf-all', LF, 'GET /c/{id} HTTP/1.1\nHost: a\n\n'],
  ['lf-request-line', LF, 'GET /c/{id} HTTP/1.1\nHost: a\r\n\r\n'],
  ['lf-header', LF, 'GET /c/{id} HTTP/1.1\r\nHost: a\nX: 1\r\n\r\n'],
  ['lf-head-end', LF, 'GET /c/{id} HTTP/1.1\r\nHost: a\r\n\n'],
  ['lf-cr-head-end', LF, 'GET /c/{id} HTTP/1.1\r\nHost: a\r\n\n\r\n'],
  ['lf-lf-hides-a-request', LF, `GET /c/{id} HTTP/1.1\r\nHost: a\r\nX: y\n\n${SMUGGLED}`],
  ['cr-all', LF, 'GET /c/{id} HTTP/1.1\rHost: a\r\r'],
  ['cr-header', LF, get(['X: 1\rY: 2'])],
  ['cr-cr-lf', LF, 'GET /c/{id} HTTP/1.1\r\r\nHost: a\r\n\r\n'],
  ['cr-before-request', LF, '\rGET /c/{id} HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['crlf-before-request', LF, '\r\nGET /c/{id} HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['crlf-many-before-request', LF, `${'\r\n'.repeat(20)}GET /c/{id} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['lf-before-request', LF, '\nGET /c/{id} HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['space-before-request', LF, ' GET /c/{id} HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['nul-before-request', GARDEN, '\0GET /c/{id} HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['bom-before-request', GARDEN, '\xef\xbb\xbfGET /c/{id} HTTP/1.1\r\nHost: a\r\n\r\n'],

  ['fold', 'RFC 9112 §5.2', get(['X: 1\r\n 2'])],
  ['fold-tab', 'RFC 9112 §5.2', get(['X: 1\r\n\t2'])],
  ['fold-empty', 'RFC 9112 §5.2', get(['X: 1\r\n '])],
  ['fold-first', 'RFC 9112 §2.2', 'GET /c/{id} HTTP/1.1\r\n Host: a\r\n\r\n'],
  ['fold-first-hides-a-header', LF, 'GET /c/{id} HTTP/1.1\r\n X: y\r\nHost: a\r\n\r\n'],
  ['fold-host', 'RFC 9112 §5.2', 'GET /c/{id} HTTP/1.1\r\nHost:\r\n a\r\n\r\n'],

  ['name-space-before-colon', NAMES, get(['X : 1'])],
  ['name-tab-before-colon', NAMES, get(['X\t: 1'])],
  ['name-space-inside', NAMES, get(['X Y: 1'])],
  ['name-empty', 'CVE-2023-25725', get([': 1'])],
  ['name-without-colon', NAMES, get(['X'])],
  ['name-colon-only', NAMES, get([':'])],
  ['name-underscore', KETTLE_2019, get(['X_Y: 1'])],
  ['name-nul', GARDEN, get(['X\0: 1'])],
  ['name-high-byte', GARDEN, get(['X\xe9: 1'])],
  ['name-control', GARDEN, get(['X\x01: 1'])],
  ['name-slash', T_REQS, get(['X/Y: 1'])],
  ['name-quoted', T_REQS, get(['"X": 1'])],
  ['name-brace', T_REQS, get(['{X}: 1'])],
  ['name-at', T_REQS, get(['X@Y: 1'])],
  ['name-all-token-characters', 'RFC 9110 §5.6.2', get(["a!#$%&'*+-.^_`|~9: 1"])],
  ['name-of-255', 'CVE-2021-40346', get([`${'a'.repeat(255)}: 1`])],
  [
    'name-of-270',
    'CVE-2021-40346',
    post([`Content-Length0${'a'.repeat(255)}:`, 'Content-Length: 5'], 'hello'),
  ],

  ['value-nul', VALUES, get(['X: a\0b'])],
  ['value-control', VALUES, get(['X: a\x01b'])],
  ['value-backspace', VALUES, get(['X: a\x08b'])],
  ['value-delete', VALUES, get(['X: a\x7fb'])],
  ['value-tab', VALUES, get(['X: a\tb'])],
  ['value-high-byte', VALUES, get(['X: \xe9\xff'])],
  ['value-empty', VALUES, get(['X:'])],
  ['value-blank', VALUES, get(['X:   \t '])],
  ['value-colons', VALUES, get(['X: a:b:c'])],
  ['value-encoded-crlf', 'RFC 3986 §2.1', get(['X: a%0d%0aY: b'])],
  [
    'value-spoofs-identity',
    'Envoy: x-forwarded-client-cert',
    get(['X-Forwarded-Client-Cert: URI=spiffe://test.local/ns/default/sa/root']),
  ],
  [
    'value-spoofs-identity-underscore',
    'Envoy: headers_with_underscores',
    get(['X_Forwarded_Client_Cert: URI=spiffe://x']),
  ],

  ['head-over-the-limit', 'RFC 6585 §5', get([`X: ${'a'.repeat(200_000)}`])],
  ['headers-over-the-limit', 'RFC 6585 §5', get(Array.from({ length: 2_000 }, () => 'X: 1'))],
  [
    'head-without-end',
    'RFC 6585 §5',
    `GET /c/{id} HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(2_000_000)}`,
  ],
  [
    'target-over-the-limit',
    'RFC 9110 §15.5.15',
    request(`GET /c/{id}/${'a'.repeat(200_000)} HTTP/1.1`, ['Host: a']),
  ],
  ['line-without-end', 'RFC 9112 §3', 'A'.repeat(200_000)],
]);
