/**
 * Heads of HTTP/1.1 messages, read strictly: what RFC 9112 lets a recipient repair is refused here,
 * since two recipients that repair differently are how requests get smuggled.
 */
import type { FailureCode } from '../../failures.ts';

/** What a request's and a response's head have in common. */
export interface MessageHead {
  /** 0 or 1, of `HTTP/1.x`. */
  minorVersion: number;
  /** Header names in lower case, in order of arrival; `values` runs beside it. */
  readonly names: string[];
  readonly values: string[];
  /** -1: there is none. */
  contentLength: number;
  /** The body is framed by chunks. */
  chunked: boolean;
  /** The peer will not send another message on this connection, or does not want one. */
  close: boolean;
  /** Names that a Connection header declared to be for this hop only; most messages have none. */
  nominated: string[] | undefined;
  /**
   * What the connection is to become (one token in lower case), or empty. Offers of HTTP and TLS
   * are ignored, as RFC 9110 §7.8 allows: honouring h2c is a way to smuggle requests.
   */
  upgrade: string;
}

/** A message that must not be trusted further: its connection ends with it. */
export class ProtocolError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

export function bad(detail: string): ProtocolError {
  return new ProtocolError('bad-request', detail);
}

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/**
 * Methods are registered in capitals. Others are tokens as well (RFC 9110 §9.1), but some proxies and
 * services take `get` for GET, some for a method of its own, and some for an error.
 */
const METHOD = /^[A-Z][A-Z_-]*$/;
/** Everything that must stand nowhere in a head; CR and LF are judged line by line. */

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
const DIGITS = /^[0-9]{1,15}$/;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

export function isMethod(text: string): boolean {
  return METHOD.test(text);
}

/** @throws ProtocolError where the head holds a control character. */
export function refuseControls(text: string): void {
  if (CONTROL.test(text)) throw bad('the head contains a control character');
}

/**
 * Where the line that starts at `from` ends (the index of its CR).
 * @throws ProtocolError on a bare CR or LF (RFC 9112 §2.2).
 */
export function endOfLine(text: string, from: number): number {
  const lineFeed = text.indexOf('\n', from);
  const end = lineFeed - 1;
  if (lineFeed < 0 || text.charCodeAt(end) !== 13) throw bad('a line ends without CR LF');
  if (text.indexOf('\r', from) !== end) throw bad('a line contains a bare CR');
  return end;
}

/**
 * Reads the header lines from `from` to the end of `text` (which ends after the last line's CR LF,
 * without the empty line) into `head`.
 * @throws ProtocolError
 */
export function readHeaders(text: string, from: number, head: MessageHead, most: number): void {
  let position = from;
  while (position < text.length) {
    const end = endOfLine(text, position);
    const colon = text.indexOf(':', position);
    if (colon < 0 || colon > end) throw bad('a header line has no colon');
    const raw = text.slice(position, colon);
    // Covers obs-fold (a line that begins with white space, RFC 9112 §5.2) and white space before
    // the colon (§5.1): neither is a token.
    if (!TOKEN.test(raw)) throw bad('a header name is not a token');
    const name = raw.toLowerCase();
    const value = trimmed(text, colon + 1, end);
    if (head.names.push(name) > most) throw new ProtocolError('head-too-large', 'too many headers');
    head.values.push(value);
    note(head, name, value);
    position = end + 2;
  }
  // RFC 9110 §7.8: without the connection option the header was not meant for us.
  if (head.upgrade !== '' && !head.nominated?.includes('upgrade')) head.upgrade = '';
  if (head.chunked && head.contentLength >= 0) {
    throw bad('both Transfer-Encoding and Content-Length are given');
  }
}

/** Strips optional white space, which is SP and HTAB only. */
function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Takes in what a header says of the message's framing and of its connection. */
function note(head: MessageHead, name: string, value: string): void {
  switch (name) {
    case 'content-length':
      if (head.contentLength >= 0) throw bad('Content-Length is given twice');
      if (!DIGITS.test(value)) throw bad('Content-Length is not a number');
      head.contentLength = Number(value);
      break;
    case 'transfer-encoding':
      noteTransferEncoding(head, value);
      break;
    case 'connection':
    case 'proxy-connection':
      noteConnection(head, value);
      break;
    case 'upgrade':
      noteUpgrade(head, value);
      break;
  }
}

function noteTransferEncoding(head: MessageHead, value: string): void {
  if (head.chunked) throw bad('Transfer-Encoding is given twice');
  // RFC 9112 §6.1: a client must not send it to, nor a server trust it from, an HTTP/1.0 peer.
  if (head.minorVersion === 0) throw bad('Transfer-Encoding in an HTTP/1.0 message');
  if (value.toLowerCase() !== 'chunked') {
    throw new ProtocolError('unsupported-coding', `transfer coding "${value}" is not supported`);
  }
  head.chunked = true;
}

const IGNORED_UPGRADE = /^(?:h2c|http|tls)(?:\/|$)/;

/** A list of offers is for a server that chooses; the first that is no HTTP and no TLS is asked for. */
function noteUpgrade(head: MessageHead, value: string): void {
  for (const offer of value.toLowerCase().split(',')) {
    const token = offer.trim();
    if (token === '' || IGNORED_UPGRADE.test(token)) continue;
    if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+(?:\/[!#$%&'*+\-.^_`|~0-9a-z]+)?$/.test(token)) {
      throw bad('Upgrade is not a list of protocols');
    }
    if (head.upgrade === '') head.upgrade = token;
  }
}

function noteConnection(head: MessageHead, value: string): void {
  for (const option of value.toLowerCase().split(',')) {
    const token = option.trim();
    if (token === 'close') head.close = true;
    else if (token !== '' && token !== 'keep-alive') (head.nominated ??= []).push(token);
  }
}
