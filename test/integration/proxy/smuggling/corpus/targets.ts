/** Request lines, targets and hosts. */
import { LAST, SMUGGLED, attacks, request } from './attack.ts';

const LINE = 'RFC 9112 §3';
const TARGET = 'RFC 9112 §3.2';
const HOST = 'RFC 9112 §3.2';
const GARDEN = 'Kallus et al., The HTTP Garden, 2024';
const T_REQS = 'Jabiyev et al., T-Reqs, CCS 2021';
const KETTLE_HOST = 'Kettle, Cracking the Lens, 2017';

const line = (text: string): string => request(text, ['Host: a']);
const target = (text: string): string =>
  request(`GET ${text} HTTP/1.1`, ['Host: a', 'X-Case: /c/{id}']);
const hosts = (...headers: string[]): string => request('GET /c/{id} HTTP/1.1', headers);
const absolute = (url: string, ...headers: string[]): string =>
  request(`GET ${url} HTTP/1.1`, headers);

export const TARGETS = attacks([
  ['line-two-spaces', LINE, line('GET  /c/{id} HTTP/1.1')],
  ['line-tab', LINE, line('GET\t/c/{id}\tHTTP/1.1')],
  ['line-space-behind', LINE, line('GET /c/{id} HTTP/1.1 ')],
  ['line-four-parts', LINE, line('GET /c/{id} x HTTP/1.1')],
  ['line-two-targets', T_REQS, line('GET /c/{id} HTTP/1.1 /x HTTP/1.1')],
  ['line-vertical-tab', LINE, line('GET\x0b/c/{id} HTTP/1.1')],
  ['line-nul', GARDEN, line('GET /c/{id}\0 HTTP/1.1')],
  ['line-without-version', 'HTTP/0.9', 'GET /c/{id}\r\n'],
  ['line-without-version-and-headers', 'HTTP/0.9', request('GET /c/{id}', ['Host: a'])],
  ['line-version-0-9', LINE, line('GET /c/{id} HTTP/0.9')],
  ['line-version-1-0', LINE, line('GET /c/{id} HTTP/1.0')],
  ['line-version-1-2', LINE, line('GET /c/{id} HTTP/1.2')],
  ['line-version-2-0', LINE, line('GET /c/{id} HTTP/2.0')],
  ['line-version-1-10', T_REQS, line('GET /c/{id} HTTP/1.10')],
  ['line-version-01-1', T_REQS, line('GET /c/{id} HTTP/01.1')],
  ['line-version-1-1x', T_REQS, line('GET /c/{id} HTTP/1.1x')],
  ['line-version-1', T_REQS, line('GET /c/{id} HTTP/1')],
  ['line-version-small', T_REQS, line('GET /c/{id} http/1.1')],
  ['line-version-other', T_REQS, line('GET /c/{id} RTSP/1.1')],
  ['line-version-icy', T_REQS, line('GET /c/{id} HTTP /1.1')],
  ['method-small', 'RFC 9110 §9.1', line('get /c/{id} HTTP/1.1')],
  ['method-unknown', 'RFC 9110 §9.1', line('BREW /c/{id} HTTP/1.1')],
  ['method-bracket', 'RFC 9110 §9.1', line('GE(T /c/{id} HTTP/1.1')],
  ['method-colon', GARDEN, line('GET: /c/{id} HTTP/1.1')],
  ['method-empty', LINE, line(' /c/{id} HTTP/1.1')],
  ['method-nul', GARDEN, line('G\0ET /c/{id} HTTP/1.1')],
  ['method-long', LINE, line(`${'A'.repeat(5_000)} /c/{id} HTTP/1.1`)],

  ['target-query', TARGET, target('/c/{id}?a=b&c=%20')],
  ['target-fragment', TARGET, target('/c/{id}#part')],
  ['target-high-byte', TARGET, target('/c/{id}/\xe9')],
  ['target-control', TARGET, target('/c/{id}/\x01')],
  ['target-delete', TARGET, target('/c/{id}/\x7f')],
  ['target-backslash', TARGET, target('/c/{id}\\x')],
  ['target-quotes', TARGET, target('/c/{id}/"<>^`{|}')],
  ['target-bad-percent', 'RFC 3986 §2.1', target('/c/{id}/%zz')],
  ['target-encoded-nul', 'RFC 3986 §2.1', target('/c/{id}/%00')],
  ['target-encoded-crlf', 'RFC 3986 §2.1', target('/c/{id}/%0d%0aX:%20y')],
  ['target-dots', 'RFC 3986 §5.2.4', target('/x/../c/{id}')],
  ['target-encoded-dots', 'RFC 3986 §5.2.4', target('/x/%2e%2e/c/{id}')],
  ['target-two-slashes', 'RFC 3986 §3.3', target('//c/{id}')],
  ['target-without-slash', TARGET, target('c/{id}')],
  ['target-at', KETTLE_HOST, target('@a/c/{id}')],
  ['target-question-mark-first', TARGET, target('?/c/{id}')],
  ['target-semicolon-first', TARGET, target(';/c/{id}')],
  ['asterisk', 'RFC 9112 §3.2.4', request('OPTIONS * HTTP/1.1', ['Host: a', 'X-Case: /c/{id}'])],
  ['asterisk-get', 'RFC 9112 §3.2.4', target('*')],
  [
    'asterisk-path',
    'RFC 9112 §3.2.4',
    request('OPTIONS *x HTTP/1.1', ['Host: a', 'X-Case: /c/{id}']),
  ],
  ['authority', 'RFC 9112 §3.2.3', target('a:80')],
  [
    'connect',
    'RFC 9112 §3.2.3',
    request('CONNECT a:80 HTTP/1.1', ['Host: a:80', 'X-Case: /c/{id}']),
  ],
  [
    'connect-with-body',
    'RFC 9110 §9.3.6',
    request(
      'CONNECT a:80 HTTP/1.1',
      ['Host: a:80', 'X-Case: /c/{id}', 'Content-Length: 5'],
      `hello${SMUGGLED}`,
    ),
  ],
  ['connect-origin-form', 'RFC 9112 §3.2.3', request('CONNECT /c/{id} HTTP/1.1', ['Host: a'])],

  ['absolute', 'RFC 9112 §3.2.2', absolute('http://a/c/{id}', 'Host: a')],
  ['absolute-other-host', 'RFC 9112 §3.2.2', absolute('http://b/c/{id}', 'Host: a')],
  ['absolute-without-host', 'RFC 9112 §3.2', absolute('http://a/c/{id}')],
  ['absolute-without-path', 'RFC 9112 §3.2.1', absolute('http://a', 'Host: a', 'X-Case: /c/{id}')],
  ['absolute-query-only', 'RFC 9112 §3.2.1', absolute('http://a?/c/{id}', 'Host: a')],
  ['absolute-capitals', 'RFC 9110 §4.2.3', absolute('HTTP://A/c/{id}', 'Host: a')],
  ['absolute-https', 'RFC 9110 §7.4', absolute('https://a/c/{id}', 'Host: a')],
  ['absolute-ftp', 'RFC 9112 §3.2.2', absolute('ftp://a/c/{id}', 'Host: a')],
  ['absolute-file', KETTLE_HOST, absolute('file:///c/{id}', 'Host: a')],
  ['absolute-user', 'RFC 9110 §4.2.4', absolute('http://user:password@a/c/{id}', 'Host: a')],
  ['absolute-fragment', 'RFC 9112 §3.2.2', absolute('http://a/c/{id}#x', 'Host: a')],
  ['absolute-empty-host', 'RFC 9110 §4.2.1', absolute('http:///c/{id}', 'Host: a')],
  ['absolute-port', 'RFC 9110 §4.2.3', absolute('http://a:80/c/{id}', 'Host: a')],
  ['absolute-bad-port', 'RFC 3986 §3.2.3', absolute('http://a:8x/c/{id}', 'Host: a')],
  ['absolute-backslash', KETTLE_HOST, absolute('http:\\\\a/c/{id}', 'Host: a')],

  ['host-missing', HOST, hosts()],
  ['host-missing-1-0', HOST, request('GET /c/{id} HTTP/1.0', [])],
  ['host-empty', HOST, hosts('Host:')],
  ['host-twice', HOST, hosts('Host: a', 'Host: b')],
  ['host-twice-same', HOST, hosts('Host: a', 'Host: a')],
  ['host-list', HOST, hosts('Host: a, b')],
  ['host-space-before-colon', KETTLE_HOST, hosts('Host : b', 'Host: a')],
  ['host-folded-second', KETTLE_HOST, hosts('Host: a', ' Host: b')],
  ['host-space-inside', HOST, hosts('Host: a b')],
  ['host-slash', HOST, hosts('Host: a/b')],
  ['host-user', KETTLE_HOST, hosts('Host: user@a')],
  ['host-question-mark', HOST, hosts('Host: a?b')],
  ['host-fragment', HOST, hosts('Host: a#b')],
  ['host-backslash', HOST, hosts('Host: a\\b')],
  ['host-quote', HOST, hosts('Host: "a"')],
  ['host-nul', HOST, hosts('Host: a\0b')],
  ['host-high-byte', HOST, hosts('Host: \xe9')],
  ['host-port', HOST, hosts('Host: a:80')],
  ['host-port-empty', 'RFC 3986 §3.2.3', hosts('Host: a:')],
  ['host-port-letters', KETTLE_HOST, hosts('Host: a:8x')],
  ['host-port-path', KETTLE_HOST, hosts('Host: a:80/b')],
  ['host-port-long', 'RFC 3986 §3.2.3', hosts('Host: a:123456')],
  ['host-port-over', 'RFC 3986 §3.2.3', hosts('Host: a:65536')],
  ['host-two-ports', HOST, hosts('Host: a:80:80')],
  ['host-ipv6', 'RFC 3986 §3.2.2', hosts('Host: [::1]:80')],
  ['host-ipv6-open', 'RFC 3986 §3.2.2', hosts('Host: [::1')],
  ['host-url', KETTLE_HOST, hosts('Host: http://a')],
  ['host-comma-bracket', HOST, hosts('Host: a,[b]')],
  ['host-nominated', 'RFC 9110 §7.6.1', hosts('Connection: host', 'Host: a')],

  [
    'upgrade-h2c',
    'Bishop Fox, h2c Smuggling, 2020',
    hosts(
      'Host: a',
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQAAP__',
    ),
  ],
  [
    'upgrade-h2c-and-other',
    'Bishop Fox, h2c Smuggling, 2020',
    hosts('Host: a', 'Connection: Upgrade', 'Upgrade: h2c, x'),
  ],
  [
    'upgrade-h2c-not-nominated',
    'Bishop Fox, h2c Smuggling, 2020',
    hosts('Host: a', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'),
  ],
  [
    'upgrade-h2c-with-body',
    'Bishop Fox, h2c Smuggling, 2020',
    request(
      'POST /c/{id} HTTP/1.1',
      ['Host: a', 'Connection: Upgrade', 'Upgrade: h2c', 'Content-Length: 5'],
      'hello',
    ),
  ],
  [
    'nominated-identity',
    'Davison, Abusing HTTP hop-by-hop request headers, 2019',
    hosts('Host: a', 'Connection: x-forwarded-for, x-request-id', 'X-Forwarded-For: 1.2.3.4'),
  ],
  [
    'nominated-authorization',
    'RFC 9110 §7.6.1',
    hosts('Host: a', 'Connection: authorization', 'Authorization: x'),
  ],
  ['close-then-more', 'RFC 9112 §9.6', `${hosts('Host: a', 'Connection: close')}${SMUGGLED}`],
  [
    'close-by-proxy-connection',
    'RFC 9112 §C.2.2',
    `${hosts('Host: a', 'Proxy-Connection: close')}`,
  ],
  [
    'close-1-0-then-more',
    'RFC 9112 §9.3',
    `${request('GET /c/{id} HTTP/1.0', ['Host: a'])}${SMUGGLED}`,
  ],
  [
    'pipelined',
    'RFC 9112 §9.3.2',
    `${hosts('Host: a')}${hosts('Host: a')}${request('POST /c/{id} HTTP/1.1', ['Host: a', 'Transfer-Encoding: chunked'], LAST)}`,
  ],
  ['pipelined-behind-error', 'RFC 9112 §9.3.2', `${hosts('Host: a', 'X : 1')}${SMUGGLED}`],
]);
