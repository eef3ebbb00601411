/**
 * How an attack is written down. In the bytes, `{id}` stands for a mark that is found again in
 * whatever reaches the service.
 */

export interface Attack {
  readonly id: string;
  /** Where it was published, or the rule that it breaks. */
  readonly source: string;
  /** Latin-1. */
  readonly bytes: string;
}

export type Row = readonly [id: string, source: string, bytes: string];

export function attacks(rows: readonly Row[]): Attack[] {
  return rows.map(([id, source, bytes]) => ({ id, source, bytes }));
}

/** What an attacker hides in a body. It must never arrive as a request of its own. */
export const SMUGGLED = 'GET /smuggled/{id} HTTP/1.1\r\nHost: a\r\n\r\n';
export const CHUNKED = 'Transfer-Encoding: chunked';
/** An empty chunked body. */
export const LAST = '0\r\n\r\n';

/** A POST with these header lines and this body. */
export function post(headers: readonly string[], body = ''): string {
  return request('POST /c/{id} HTTP/1.1', ['Host: a', ...headers], body);
}

/** A GET without a body. */
export function get(headers: readonly string[]): string {
  return request('GET /c/{id} HTTP/1.1', ['Host: a', ...headers]);
}

/** A POST with a chunked body as given. */
export function chunked(body: string): string {
  return post([CHUNKED], body);
}

export function request(line: string, headers: readonly string[], body = ''): string {
  return `${line}\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n${body}`;
}
