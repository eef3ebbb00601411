/**
 * Who may talk to the engine: it can start programs, so no web page and no other user may. Three
 * locks: the token, the Origin header (which a page cannot forge), and the Host header (against DNS
 * rebinding).
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether the Host header names this machine's loopback with our port. */
export function isOwnHost(headers: IncomingHttpHeaders, port: number): boolean {
  const found = /^(.*?)(?::(\d+))?$/.exec(headers.host ?? '');
  return LOOPBACK_NAMES.has(found?.[1] ?? '') && Number(found?.[2] ?? 80) === port;
}

/** A page of our own, or no page at all (a program, which must know the token anyway). */
export function isOwnOrigin(headers: IncomingHttpHeaders, port: number): boolean {
  const { origin } = headers;
  if (origin === undefined) return true;
  return [...LOOPBACK_NAMES].some((name) => origin === `http://${name}:${port}`);
}

/** Takes the same time for every wrong token. */
export function isToken(given: string | null, token: string): boolean {
  const one = Buffer.from(given ?? '');
  const other = Buffer.from(token);
  return one.length === other.length && timingSafeEqual(one, other);
}
