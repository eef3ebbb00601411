/** What a request is told apart by in consistent hashing: a header, a cookie, where it comes from. */
import type { HashSource } from '../config/upstream.ts';
import type { ResponseHead } from '../codec/http1/response-head.ts';
import type { IdSource } from '../exchange/trace-context.ts';
import { hashText } from './balance/hash.ts';

/** What of a request may be hashed. */
export interface HashedRequest {
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly remoteAddress: string;
}

export interface Affinity {
  /** Undefined: the request has nothing to go by. */
  readonly hash: number | undefined;
  /** A Set-Cookie value for the answer, where the caller was given a cookie. */
  readonly setCookie: string | undefined;
}

/** Of one request: asked once, so that all its tries agree. */
export function affinityOf(source: HashSource, request: HashedRequest, ids: IdSource): Affinity {
  if ('source' in source) return hashed(request.remoteAddress);
  if ('header' in source) return hashed(headerValue(request, source.header));
  const given = cookieValue(request, source.cookie);
  if (given !== undefined || source.ttl === undefined) return hashed(given);
  const value = ids.spanId();
  return { hash: hashText(value), setCookie: cookieLine(source, value) };
}

function hashed(text: string | undefined): Affinity {
  return { hash: text === undefined ? undefined : hashText(text), setCookie: undefined };
}

/** Several of one name count as one list (RFC 9110 §5.3). */
function headerValue({ names, values }: HashedRequest, name: string): string | undefined {
  const found = values.filter((_, i) => names[i] === name);
  return found.length === 0 ? undefined : found.join(',');
}

/** RFC 6265 §5.4; HTTP/2 may send every pair as a header of its own (RFC 9113 §8.2.3). */
function cookieValue({ names, values }: HashedRequest, name: string): string | undefined {
  for (let i = 0; i < names.length; i++) {
    if (names[i] !== 'cookie') continue;
    for (const pair of (values[i] as string).split(';')) {
      const at = pair.indexOf('=');
      if (at < 0 || pair.slice(0, at).trim() !== name) continue;
      const value = pair.slice(at + 1).trim();
      return value.replace(/^"(.*)"$/, '$1');
    }
  }
  return undefined;
}

function cookieLine(
  { cookie, path, ttl = 0 }: Extract<HashSource, { cookie: string }>,
  value: string,
): string {
  // Without Max-Age it ends with the browser's session (RFC 6265 §5.3).
  const age = ttl > 0 ? `; Max-Age=${Math.ceil(ttl / 1000)}` : '';
  return `${cookie}="${value}"${age}; Path=${path}; HttpOnly`;
}

/** The answer's head, and with it the cookie that the caller is given. */
export function withCookie(head: ResponseHead, setCookie: string): ResponseHead {
  const names = [...head.names, 'set-cookie'];
  return { ...head, names, values: [...head.values, setCookie] };
}
