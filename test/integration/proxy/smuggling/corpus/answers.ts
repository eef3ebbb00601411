/**
 * Answers of a service that is broken, or in an attacker's hands. `{id}` stands for a mark; the service
 * ends its side behind each, but where it keeps the connection for more.
 */

export interface EvilAnswer {
  readonly id: string;
  /** Where it was published, or the rule that it breaks. */
  readonly source: string;
  /** Latin-1. */
  readonly bytes: string;
  readonly method: 'GET' | 'HEAD';
  /** The service leaves the connection open, so that its caller may use it again. */
  readonly keeps: boolean;
}

type Row = readonly [id: string, source: string, bytes: string];

const FRAMING_RULE = 'RFC 9112 §6.3';
const CL_RULE = 'RFC 9112 §6.2';
const TE_RULE = 'RFC 9112 §6.1';
const CHUNK_RULE = 'RFC 9112 §7.1';
const LINE_RULE = 'RFC 9112 §5';
const STATUS_RULE = 'RFC 9112 §4';
const INTERIM_RULE = 'RFC 9110 §15.2';
const SPLITTING = 'Klein, Divide and Conquer: HTTP Response Splitting, 2004';
const QUEUE = 'Martorella, Response Smuggling, DEF CON 29, 2021';
const KETTLE_2025 = 'Kettle, HTTP/1.1 Must Die, 2025';

const CHUNKED = 'Transfer-Encoding: chunked';
const LAST = '0\r\n\r\n';
/** What must never be taken for the answer to a request. */
export const EVIL = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL';

function answer(headers: readonly string[], body = '', line = 'HTTP/1.1 200 OK'): string {
  return `${line}\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n${body}`;
}

const length = (value: string): string => answer([`Content-Length:${value}`], `hello${EVIL}`);
const chunks = (body: string): string => answer([CHUNKED], body);
const coding = (value: string): string =>
  answer([`Transfer-Encoding:${value}`], `5\r\nhello\r\n${LAST}`);
const header = (line: string): string => answer([line, 'Content-Length: 5'], 'hello');
const status = (line: string): string => answer(['Content-Length: 5'], 'hello', line);
const interim = (line: string): string => `${line}\r\n\r\n`;

const FRAMING: Row[] = [
  ['cl-te', FRAMING_RULE, answer(['Content-Length: 5', CHUNKED], `5\r\nhello\r\n${LAST}`)],
  ['te-cl', FRAMING_RULE, answer([CHUNKED, 'Content-Length: 5'], `5\r\nhello\r\n${LAST}`)],
  ['cl-twice', CL_RULE, answer(['Content-Length: 5', 'Content-Length: 5'], 'hello')],
  ['cl-twice-differs', CL_RULE, answer(['Content-Length: 5', 'Content-Length: 9'], 'helloEVIL')],
  ['cl-list', CL_RULE, length(' 5, 5')],
  ['cl-list-differs', CL_RULE, length(' 5, 9')],
  ['cl-plus', CL_RULE, length(' +5')],
  ['cl-minus', CL_RULE, length(' -5')],
  ['cl-space-inside', CL_RULE, length(' 5 5')],
  ['cl-hexadecimal', CL_RULE, length(' 0x5')],
  ['cl-underscore', CL_RULE, length(' 0_5')],
  ['cl-fraction', CL_RULE, length(' 5.0')],
  ['cl-empty', CL_RULE, length(' ')],
  ['cl-quoted', CL_RULE, length(' "5"')],
  ['cl-overflow', CL_RULE, length(' 18446744073709551621')],
  ['cl-name-underscore', CL_RULE, answer(['Content_Length: 3', 'Content-Length: 5'], 'hello')],
  ['cl-space-before-colon', LINE_RULE, answer(['Content-Length : 5'], 'hello')],
  ['cl-cut-off', FRAMING_RULE, answer(['Content-Length: 50'], 'hello')],
  ['te-twice', TE_RULE, answer([CHUNKED, CHUNKED], LAST)],
  ['te-identity', TE_RULE, coding(' identity')],
  ['te-gzip', TE_RULE, coding(' gzip, chunked')],
  ['te-not-last', TE_RULE, coding(' chunked, gzip')],
  ['te-unknown', TE_RULE, coding(' xchunked')],
  ['te-empty', TE_RULE, coding('')],
  ['te-parameter', TE_RULE, coding(' chunked;q=1')],
  ['te-capitals', TE_RULE, coding(' CHUNKED')],
  ['te-space-before-colon', LINE_RULE, answer(['Transfer-Encoding : chunked'], LAST)],
  ['te-http-1-0', TE_RULE, answer([CHUNKED], `5\r\nhello\r\n${LAST}`, 'HTTP/1.0 200 OK')],
  ['no-framing', FRAMING_RULE, answer([], 'hello')],
  ['no-framing-http-1-0', FRAMING_RULE, answer([], 'hello', 'HTTP/1.0 200 OK')],
];

const CHUNKS: Row[] = [
  ['chunk-none', CHUNK_RULE, chunks('')],
  ['chunk-no-size', CHUNK_RULE, chunks(`\r\nhello\r\n${LAST}`)],
  ['chunk-letters', CHUNK_RULE, chunks(`xyz\r\nhello\r\n${LAST}`)],
  ['chunk-minus', CHUNK_RULE, chunks(`-5\r\nhello\r\n${LAST}`)],
  ['chunk-plus', CHUNK_RULE, chunks(`+5\r\nhello\r\n${LAST}`)],
  ['chunk-0x', CHUNK_RULE, chunks(`0x5\r\nhello\r\n${LAST}`)],
  ['chunk-underscore', CHUNK_RULE, chunks(`0_5\r\nhello\r\n${LAST}`)],
  ['chunk-overflow', CHUNK_RULE, chunks(`10000000000000005\r\nhello\r\n${LAST}`)],
  ['chunk-space-before', CHUNK_RULE, chunks(` 5\r\nhello\r\n${LAST}`)],
  ['chunk-space-behind', CHUNK_RULE, chunks(`5 \r\nhello\r\n${LAST}`)],
  ['chunk-zeros', CHUNK_RULE, chunks(`0005\r\nhello\r\n${LAST}`)],
  ['chunk-extension', CHUNK_RULE, chunks(`5;a=b\r\nhello\r\n${LAST}`)],
  ['chunk-extension-lf', KETTLE_2025, chunks(`5;a\nhello\r\n${LAST}`)],
  ['chunk-extension-cr', KETTLE_2025, chunks(`5;a\rb\r\nhello\r\n${LAST}`)],
  ['chunk-extension-nul', CHUNK_RULE, chunks(`5;\0\r\nhello\r\n${LAST}`)],
  ['chunk-extension-long', 'CVE-2023-39326', chunks(`5;${'a'.repeat(9000)}\r\nhello\r\n${LAST}`)],
  ['chunk-lf', CHUNK_RULE, chunks(`5\nhello\r\n${LAST}`)],
  ['chunk-data-lf', CHUNK_RULE, chunks(`5\r\nhello\n${LAST}`)],
  ['chunk-too-long', CHUNK_RULE, chunks(`5\r\nhelloEVIL\r\n${LAST}`)],
  ['chunk-too-short', CHUNK_RULE, chunks(`9\r\nhello\r\n${LAST}`)],
  ['chunk-cut-off', CHUNK_RULE, chunks('50\r\nhello')],
  ['chunk-no-last', CHUNK_RULE, chunks('5\r\nhello\r\n')],
  ['trailer', CHUNK_RULE, chunks('5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n')],
  ['trailer-framing', 'RFC 9110 §6.5.1', chunks('0\r\nContent-Length: 5\r\n\r\n')],
  ['trailer-no-colon', CHUNK_RULE, chunks('0\r\nEVIL\r\n\r\n')],
  ['trailer-lf', CHUNK_RULE, chunks('0\r\nX: y\nZ: 1\r\n\r\n')],
];

const LINES: Row[] = [
  ['lf-status-line', LINE_RULE, 'HTTP/1.1 200 OK\nContent-Length: 5\r\n\r\nhello'],
  ['lf-header', LINE_RULE, 'HTTP/1.1 200 OK\r\nX: y\nContent-Length: 5\r\n\r\nhello'],
  ['lf-everywhere', LINE_RULE, 'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello'],
  ['cr-header', SPLITTING, header('X: y\rSet-Cookie: evil=1')],
  ['fold', 'RFC 9112 §5.2', header('X: y\r\n z')],
  ['fold-tab', 'RFC 9112 §5.2', header('X: y\r\n\tz')],
  ['fold-framing', 'RFC 9112 §5.2', answer(['Content-Length:\r\n 5'], 'hello')],
  ['nul-value', LINE_RULE, header('X: y\0z')],
  ['control-value', LINE_RULE, header('X: y\x01z')],
  ['delete-value', LINE_RULE, header('X: y\x7fz')],
  ['high-byte-value', LINE_RULE, header('X: y\xe9z')],
  ['no-colon', LINE_RULE, header('EVIL')],
  ['no-name', LINE_RULE, header(': y')],
  ['space-in-name', LINE_RULE, header('X Y: z')],
  ['space-before-colon', LINE_RULE, header('X : y')],
  ['leading-space', LINE_RULE, header(' X: y')],
  ['high-byte-name', LINE_RULE, header('X\xe9: y')],
  ['empty-value', LINE_RULE, header('X:')],
  ['nominated-length', 'RFC 9110 §7.6.1', header('Connection: content-length')],
  ['nominated', 'RFC 9110 §7.6.1', answer(['Connection: x', 'X: y', 'Content-Length: 0'])],
  ['hop-by-hop', 'RFC 9110 §7.6.1', header('Keep-Alive: timeout=9')],
  ['upgrade-unasked', 'RFC 9110 §7.8', header('Upgrade: h2c')],
  ['head-huge', 'the limit of heads', header(`X: ${'y'.repeat(300_000)}`)],
  ['headers-many', 'the limit of heads', answer([...Array<string>(5000).fill('X: y')])],
];

const STATUS_LINES: Row[] = [
  ['status-no-reason', STATUS_RULE, status('HTTP/1.1 200')],
  ['status-empty-reason', STATUS_RULE, status('HTTP/1.1 200 ')],
  ['status-high-reason', STATUS_RULE, status('HTTP/1.1 200 \xe9')],
  ['status-nul-reason', STATUS_RULE, status('HTTP/1.1 200 O\0K')],
  ['status-glued', STATUS_RULE, status('HTTP/1.1 200OK')],
  ['status-two-blanks', STATUS_RULE, status('HTTP/1.1  200 OK')],
  ['status-tab', STATUS_RULE, status('HTTP/1.1\t200 OK')],
  ['status-plus', STATUS_RULE, status('HTTP/1.1 +200 OK')],
  ['status-two-digits', STATUS_RULE, status('HTTP/1.1 20 OK')],
  ['status-four-digits', STATUS_RULE, status('HTTP/1.1 2000 OK')],
  ['status-0', STATUS_RULE, status('HTTP/1.1 000 OK')],
  ['status-600', 'RFC 9110 §15', status('HTTP/1.1 600 Odd')],
  ['status-999', 'RFC 9110 §15', status('HTTP/1.1 999 Odd')],
  ['version-0-9', STATUS_RULE, status('HTTP/0.9 200 OK')],
  ['version-1-2', STATUS_RULE, status('HTTP/1.2 200 OK')],
  ['version-2-0', STATUS_RULE, status('HTTP/2.0 200 OK')],
  ['version-lower-case', STATUS_RULE, status('http/1.1 200 OK')],
  ['version-icy', STATUS_RULE, status('ICY 200 OK')],
  ['no-status-line', 'HTTP/0.9', 'hello'],
  ['empty-line-first', STATUS_RULE, `\r\n${status('HTTP/1.1 200 OK')}`],
  ['space-first', STATUS_RULE, ` ${status('HTTP/1.1 200 OK')}`],
  ['nothing', STATUS_RULE, ''],
  ['http-1-0', 'RFC 1945', status('HTTP/1.0 200 OK')],
];

const BODILESS: Row[] = [
  ['204-length', FRAMING_RULE, answer(['Content-Length: 4'], 'EVIL', 'HTTP/1.1 204 None')],
  ['204-chunked', FRAMING_RULE, answer([CHUNKED], `4\r\nEVIL\r\n${LAST}`, 'HTTP/1.1 204 None')],
  ['204-hidden', QUEUE, answer([], EVIL, 'HTTP/1.1 204 None')],
  ['205-body', 'RFC 9110 §15.3.6', answer(['Content-Length: 5'], 'hello', 'HTTP/1.1 205 Reset')],
  ['304-length', FRAMING_RULE, answer(['Content-Length: 5'], '', 'HTTP/1.1 304 Same')],
  ['304-hidden', QUEUE, answer(['Content-Length: 5'], EVIL, 'HTTP/1.1 304 Same')],
  ['304-chunked', FRAMING_RULE, answer([CHUNKED], LAST, 'HTTP/1.1 304 Same')],
  [
    '101-unasked',
    'RFC 9110 §15.2.2',
    answer(['Upgrade: x', 'Connection: upgrade'], EVIL, 'HTTP/1.1 101 Go'),
  ],
  ['100-first', INTERIM_RULE, interim('HTTP/1.1 100 Continue') + status('HTTP/1.1 200 OK')],
  [
    '103-first',
    'RFC 8297',
    answer(['Link: </a>'], '', 'HTTP/1.1 103 Early') + status('HTTP/1.1 200 OK'),
  ],
  [
    '103-length',
    INTERIM_RULE,
    answer(['Content-Length: 9'], status('HTTP/1.1 200 OK'), 'HTTP/1.1 103 Early'),
  ],
  ['103-chunked', INTERIM_RULE, answer([CHUNKED], status('HTTP/1.1 200 OK'), 'HTTP/1.1 103 Early')],
  ['103-ten', INTERIM_RULE, interim('HTTP/1.1 103 Early').repeat(10) + status('HTTP/1.1 200 OK')],
  [
    '103-flood',
    INTERIM_RULE,
    interim('HTTP/1.1 103 Early').repeat(5000) + status('HTTP/1.1 200 OK'),
  ],
  ['103-only', INTERIM_RULE, interim('HTTP/1.1 103 Early')],
  ['199-first', INTERIM_RULE, interim('HTTP/1.1 199 Odd') + status('HTTP/1.1 200 OK')],
];

/** The connection stays: what is left on it must not answer what comes next. */
const KEPT: Row[] = [
  ['two-answers', QUEUE, status('HTTP/1.1 200 OK') + EVIL],
  ['two-answers-empty', QUEUE, answer(['Content-Length: 0']) + EVIL],
  ['two-answers-chunked', QUEUE, chunks(LAST) + EVIL],
  ['two-answers-204', QUEUE, answer([], EVIL, 'HTTP/1.1 204 None')],
  ['two-answers-304', QUEUE, answer(['Content-Length: 5'], EVIL, 'HTTP/1.1 304 Same')],
  ['behind-length', SPLITTING, answer(['Content-Length: 0'], 'EVIL')],
  ['empty-line-behind', LINE_RULE, `${status('HTTP/1.1 200 OK')}\r\n`],
  ['half-an-answer-behind', QUEUE, `${status('HTTP/1.1 200 OK')}HTTP/1.1 200 OK\r\nX-Evil: `],
  [
    'kept-http-1-0',
    'RFC 9112 §9.3',
    answer(['Connection: keep-alive', 'Content-Length: 5'], 'hello', 'HTTP/1.0 200 OK'),
  ],
  [
    'kept-timeout',
    'RFC 9110 §15.5.9',
    `${status('HTTP/1.1 200 OK')}${answer(['Connection: close'], '', 'HTTP/1.1 408 Slow')}`,
  ],
];

const TO_HEAD: Row[] = [
  ['head-length', FRAMING_RULE, answer(['Content-Length: 5'])],
  ['head-chunked', FRAMING_RULE, answer([CHUNKED])],
  ['head-body', QUEUE, answer(['Content-Length: 5'], 'hello')],
  ['head-hidden', QUEUE, answer([`Content-Length: ${EVIL.length}`], EVIL)],
];

function rows(all: readonly Row[], more: Partial<EvilAnswer> = {}): EvilAnswer[] {
  return all.map(([id, source, bytes]) => ({
    id,
    source,
    bytes,
    method: 'GET',
    keeps: false,
    ...more,
  }));
}

export const ANSWERS: readonly EvilAnswer[] = [
  ...rows([...FRAMING, ...CHUNKS, ...LINES, ...STATUS_LINES, ...BODILESS]),
  ...rows(KEPT, { keeps: true }),
  ...rows(TO_HEAD, { method: 'HEAD', keeps: true }),
];
