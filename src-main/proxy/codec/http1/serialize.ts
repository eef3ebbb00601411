/** Messages to bytes: always new ones, from what was parsed. */
import type { OutgoingRequest } from '../../exchange/streams.ts';
import type { MessageHead } from './head.ts';

/** Headers that belong to one hop and are never passed on (RFC 9110 §7.6.1); framing is our own. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'content-length',
  'host',
  // Behind CGI and WSGI these are the framing, too, and they are not ours.
  'content_length',
  'transfer_encoding',
]);
/** A Connection header must not talk us out of these: they are ours or carry the framing. */
const PROTECTED =
  /^(?:host|content-length|transfer-encoding|traceparent|x-request-id|x-forwarded-)/;

/** Set by us on every hop, or (the client certificate) only ever by us. */
const OURS = withLookalikes('traceparent', 'x-request-id', 'x-forwarded-client-cert');
const OURS_AT_GATEWAY = new Set([
  ...OURS,
  ...withLookalikes('x-forwarded-for', 'x-forwarded-proto'),
]);

/** Behind CGI and WSGI `_` and `-` are the same: who may not send one must not send the other. */
function withLookalikes(...names: string[]): Set<string> {
  return new Set(names.flatMap((name) => [name, name.replaceAll('-', '_')]));
}

/** Request headers that are never the caller's own. */
export function oursAt(direction: OutgoingRequest['direction']): ReadonlySet<string> {
  return direction === 'gateway' ? OURS_AT_GATEWAY : OURS;
}

/** The message's Connection header took it out: it is for this hop only. */
export function endsWithHop({ nominated }: MessageHead, name: string): boolean {
  return nominated !== undefined && nominated.includes(name) && !PROTECTED.test(name);
}

/**
 * The end-to-end headers of a message as header lines; `drop` names more that are to be left out.
 */
export function endToEndHeaders(head: MessageHead, drop: ReadonlySet<string>): string {
  const { names, values } = head;
  let text = '';
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (HOP_BY_HOP.has(name) || drop.has(name) || endsWithHop(head, name)) continue;
    text += `${name}: ${values[i]}\r\n`;
  }
  return text;
}

/** Trailer fields that must not arrive as trailers (RFC 9110 §6.5.1) are dropped. */
export function trailerLines(trailers: readonly string[] | undefined): string {
  if (!trailers) return '';
  let text = '';
  for (let i = 0; i < trailers.length; i += 2) {
    const name = trailers[i] as string;
    if (HOP_BY_HOP.has(name) || FORBIDDEN_TRAILERS.has(name)) continue;
    text += `${name}: ${trailers[i + 1]}\r\n`;
  }
  return text;
}

const FORBIDDEN_TRAILERS = new Set([
  'authorization',
  'cache-control',
  'content-encoding',
  'content-range',
  'content-type',
  'cookie',
  'max-forwards',
  'range',
  'set-cookie',
]);

/** The line before a chunk's data. */
export function chunkPrefix(length: number): string {
  return `${length.toString(16)}\r\n`;
}

/** The last chunk, with the trailer lines. */
export function lastChunk(trailers: readonly string[] | undefined): string {
  return trailers ? `0\r\n${trailerLines(trailers)}\r\n` : '0\r\n\r\n';
}
