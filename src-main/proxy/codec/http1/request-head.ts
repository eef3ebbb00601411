/** The head of a request (RFC 9112 §3). */
import { ProtocolError, bad, endOfLine, isMethod, readHeaders, refuseControls } from './head.ts';
import type { MessageHead } from './head.ts';

export interface RequestHead extends MessageHead {
  readonly method: string;
  /** Origin form (`/a?b`) or `*`; an absolute-form target is turned into it. */
  readonly path: string;
  /** From the Host header or the absolute-form target; empty where HTTP/1.0 sent none. */
  host: string;
  expectContinue: boolean;
}

/** RFC 9110 §4.2.3 and RFC 3986 §3.2: a reg-name or an address, and a port. No user information. */
const HOST = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=%]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?$/;
/** Visible ASCII: anything else in a target must be percent-encoded (RFC 3986 §2). */
const TARGET = /^[\x21-\x7e]+$/;
/** A query without a path is refused, since not everybody reads it as one. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)(\/[^#]*)?$/i;

/**
 * Parses a request's head, given without its final empty line.
 * @throws ProtocolError with the failure that the caller is to be answered with.
 */
export function parseRequestHead(text: string, mostHeaders: number): RequestHead {
  refuseControls(text);
  const lineEnd = endOfLine(text, 0);
  const head = parseRequestLine(text.slice(0, lineEnd));
  readHeaders(text, lineEnd + 2, head, mostHeaders);
  settleHost(head);
  settleExpectation(head);
  if (head.minorVersion === 0) head.close = true;
  return head;
}

function parseRequestLine(line: string): RequestHead {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  if (first < 1 || second < 0) throw bad('the request line has not three parts');
  const method = line.slice(0, first);
  if (!isMethod(method)) throw bad('the method is not written in capitals');
  const target = line.slice(first + 1, second);
  if (!TARGET.test(target)) throw bad('the request target has characters that must be encoded');
  const minorVersion = versionOf(line.slice(second + 1));
  if (method === 'CONNECT') throw new ProtocolError('unsupported-upgrade', 'CONNECT is refused');
  const head: RequestHead = {
    method,
    path: target,
    host: '',
    minorVersion,
    names: [],
    values: [],
    contentLength: -1,
    chunked: false,
    close: false,
    nominated: undefined,
    upgrade: '',
    expectContinue: false,
  };
  if (target.charCodeAt(0) === 47) return originForm(head);
  return otherForm(head);
}

function versionOf(text: string): number {
  if (text === 'HTTP/1.1') return 1;
  if (text === 'HTTP/1.0') return 0;
  if (/^HTTP\/[0-9]\.[0-9]$/.test(text)) {
    throw new ProtocolError('unsupported-version', `${text} is not spoken here`);
  }
  throw bad('the request line does not end in an HTTP version');
}

function originForm(head: RequestHead): RequestHead {
  if (head.path.includes('#')) throw bad('the request target has a fragment');
  return head;
}

/** Absolute form, which a server must accept (RFC 9112 §3.2.2), and the asterisk of OPTIONS. */
function otherForm(head: RequestHead): RequestHead {
  if (head.path === '*' && head.method === 'OPTIONS') return head;
  const found = ABSOLUTE.exec(head.path);
  if (!found?.[1]) throw bad('the request target has none of the forms of RFC 9112 §3.2');
  return { ...head, path: found[2] ?? '/', host: found[1] };
}

/** RFC 9112 §3.2: exactly one Host in HTTP/1.1; the host of an absolute form wins over it. */
function settleHost(head: RequestHead): void {
  const fromTarget = head.host;
  let seen = false;
  for (let i = 0; i < head.names.length; i++) {
    if (head.names[i] !== 'host') continue;
    if (seen) throw bad('Host is given twice');
    seen = true;
    head.host = head.values[i] as string;
  }
  if (!seen && head.minorVersion === 1) throw bad('Host is missing');
  if (fromTarget !== '') head.host = fromTarget;
  if (!HOST.test(head.host)) throw bad('Host is not a host name with an optional port');
}

function settleExpectation(head: RequestHead): void {
  const at = head.names.indexOf('expect');
  if (at < 0) return;
  if ((head.values[at] as string).toLowerCase() !== '100-continue') {
    throw new ProtocolError('unsupported-expectation', 'the expectation is not 100-continue');
  }
  // RFC 9110 §10.1.1: an HTTP/1.0 client does not know the interim answer.
  head.expectContinue = head.minorVersion === 1;
}
