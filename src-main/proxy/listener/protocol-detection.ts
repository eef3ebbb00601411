/**
 * What a connection speaks, from its first bytes, where its port does not say so: as Istio and
 * Envoy's HTTP and TLS inspectors do it.
 */

export type DetectedProtocol = 'http/1.1' | 'h2' | 'tls' | 'tcp';

/** RFC 9113 §3.4. */
const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
/** RFC 8446 §5.1: a record of type handshake, of any version of TLS. */
const TLS_HANDSHAKE = 0x16;
const TLS_MAJOR = 3;
const METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32}$/;
/** RFC 9112 §2.2: empty lines before a request are passed over. */
const BLANK = /^(?:\r\n)+/;

/** Whether these first bytes open HTTP/2; undefined: more are needed to tell. */
export function isHttp2Preface(bytes: Buffer): boolean | undefined {
  const known = Math.min(bytes.length, HTTP2_PREFACE.length);
  if (HTTP2_PREFACE.compare(bytes, 0, known, 0, known) !== 0) return false;
  return known === HTTP2_PREFACE.length ? true : undefined;
}

/** By the first byte alone: no text begins with it, nor do the protocols of databases. */
export function isTlsHello(bytes: Buffer): boolean {
  return bytes[0] === TLS_HANDSHAKE;
}

/** As much as is looked at to see whether a request begins. */
const LONGEST_START = 64;

/** Undefined: more bytes are needed to tell. */
export function detectProtocol(bytes: Buffer): DetectedProtocol | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes[0] === TLS_HANDSHAKE) {
    if (bytes.length < 2) return undefined;
    return bytes[1] === TLS_MAJOR ? 'tls' : 'tcp';
  }
  const isHttp2 = isHttp2Preface(bytes);
  if (isHttp2 !== false) return isHttp2 ? 'h2' : undefined;
  const text = bytes.toString('latin1', 0, LONGEST_START);
  const found = detectRequestLine(text.replace(BLANK, ''));
  // Nobody who speaks HTTP begins with so many empty lines, and more are not to be waited for.
  return found ?? (text.length === LONGEST_START ? 'tcp' : undefined);
}

/** A method and a target of HTTP/1.x. Redis' inline commands have the one, but not the other. */
function detectRequestLine(text: string): DetectedProtocol | undefined {
  if (text === '' || text === '\r') return undefined;
  const blank = text.indexOf(' ');
  const method = blank < 0 ? text : text.slice(0, blank);
  if (!METHOD.test(method)) return 'tcp';
  if (blank < 0 || blank === text.length - 1) return undefined;
  const target = text.slice(blank + 1).toLowerCase();
  if (method === 'CONNECT' || /^[/*]/.test(target)) return 'http/1.1';
  const isAbsolute = ABSOLUTE.some((scheme) => target.startsWith(scheme));
  if (isAbsolute) return 'http/1.1';
  return ABSOLUTE.some((scheme) => scheme.startsWith(target)) ? undefined : 'tcp';
}

const ABSOLUTE = ['http://', 'https://'];
