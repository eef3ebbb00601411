/**
 * A reader of requests that shares nothing with the proxy's: what it takes for a message is what a
 * strict service would. Whole texts only, for it need not be fast.
 */

export interface Forwarded {
  /** Head and body as they arrived, Latin-1. */
  readonly raw: string;
  readonly line: string;
  /** Names as they arrived. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Without its framing. */
  readonly body: string;
  readonly trailers: readonly string[];
}

export interface Read {
  readonly requests: Forwarded[];
  /** Bytes that belong to no complete request yet. */
  readonly rest: string;
  /** Why the rest will never be a request. */
  readonly malformed: string | undefined;
}

export function readStrictly(text: string): Read {
  const requests: Forwarded[] = [];
  let rest = text;
  while (rest !== '') {
    const one = readOne(rest);
    if (typeof one === 'string') return { requests, rest, malformed: one };
    if (!one) break;
    requests.push(one);
    rest = rest.slice(one.raw.length);
  }
  return { requests, rest, malformed: undefined };
}

/** A request, undefined where it is not all there, or what is wrong with it. */
function readOne(text: string): Forwarded | string | undefined {
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  if (/(?<!\r)\n/.test(head)) return 'a bare LF in the head';
  if (end < 0) return undefined;
  const [line = '', ...lines] = head.split('\r\n');
  if (!/^[!-~]+ [!-~]+ HTTP\/1\.[01]$/.test(line)) return `request line: ${line}`;
  const headers: (readonly [string, string])[] = [];
  for (const one of lines) {
    const found = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\0\r\n]*?)[ \t]*$/.exec(one);
    if (!found) return `header line: ${one}`;
    headers.push([found[1] ?? '', found[2] ?? '']);
  }
  const body = readBody(headers, text.slice(end + 4));
  if (typeof body === 'string' || !body) return body;
  return { raw: text.slice(0, end + 4 + body.length), line, headers, ...body };
}

interface Body {
  readonly length: number;
  readonly body: string;
  readonly trailers: string[];
}

function readBody(headers: Forwarded['headers'], text: string): Body | string | undefined {
  const all = (name: string): string[] =>
    headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
  const lengths = all('content-length');
  const codings = all('transfer-encoding');
  if (lengths.length + codings.length > 1) return 'more than one framing';
  if (codings.length > 0)
    return codings[0]?.toLowerCase() === 'chunked' ? readChunks(text) : `coding ${codings[0]}`;
  const [given = '0'] = lengths;
  if (!/^\d{1,12}$/.test(given)) return `length ${given}`;
  const length = Number(given);
  return text.length < length ? undefined : { length, body: text.slice(0, length), trailers: [] };
}

/** A chunked body, undefined where it is not all there, or what is wrong with it. */
export function readChunks(text: string): Body | string | undefined {
  let at = 0;
  let body = '';
  for (;;) {
    const end = text.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const size = /^[0-9A-Fa-f]{1,8}(?=;|$)/.exec(text.slice(at, end))?.[0];
    if (size === undefined) return `chunk size: ${text.slice(at, end)}`;
    const length = parseInt(size, 16);
    if (length === 0) return readTrailers(text, end + 2, body);
    if (text.length < end + 2 + length + 2) return undefined;
    body += text.slice(end + 2, end + 2 + length);
    at = end + 2 + length + 2;
    if (text.slice(at - 2, at) !== '\r\n') return 'a chunk without CR LF';
  }
}

function readTrailers(text: string, from: number, body: string): Body | undefined {
  const trailers: string[] = [];
  let at = from;
  for (;;) {
    const end = text.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const line = text.slice(at, end);
    at = end + 2;
    if (line === '') return { length: at, body, trailers };
    trailers.push(line);
  }
}
