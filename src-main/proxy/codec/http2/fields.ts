/** Which header fields travel over HTTP/2 (RFC 9113 §8.2), in either direction. */
import { bad } from '../http1/head.ts';

/**
 * About one connection of HTTP/1.1; nghttp2 refuses most of them, and so do we when we translate.
 * `te` is among them: the one value that means anything here is set where it was asked for.
 */
const CONNECTION_SPECIFIC = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'host',
  'expect',
  'te',
  'trailer',
]);

/** The fields in the shape that node:http2 takes: repeated ones as an array. */
export type Http2Fields = Record<string, string | string[]>;

/** Without a prototype: `constructor` and `__proto__` are names of headers like any other. */
export function newFields(): Http2Fields {
  return Object.create(null) as Http2Fields;
}

/** All but what RFC 9110 §5.5 lets a value hold. In HTTP/1.1 it would end a line, or be misread. */
const UNSAFE_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** RFC 9113 §8.2.1: a token without capitals; pseudo-fields apart. */
const NAME = /^:?[!#$%&'*+\-.^_`|~0-9a-z]+$/;

/**
 * The value of a field as it came, without blanks around it (RFC 9113 §8.2.1 forbids them, gRPC lets
 * them be stripped).
 * @throws ProtocolError where the field could not be written as HTTP/1.1.
 */
export function readValue(name: string, value: string): string {
  if (!NAME.test(name)) throw bad('a field name is not a token in lower case');
  if (UNSAFE_VALUE.test(value)) throw bad(`the value of ${name} holds a control character`);
  return isBlank(value.charCodeAt(0)) || isBlank(value.charCodeAt(value.length - 1))
    ? value.replace(/^[\t ]+|[\t ]+$/g, '')
    : value;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Adds fields, names and values side by side, leaving out those of `drop` and of a connection. */
export function addFields(
  into: Http2Fields,
  names: readonly string[],
  values: readonly string[],
  drop: (name: string) => boolean,
): void {
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value = values[i] as string;
    if (CONNECTION_SPECIFIC.has(name) || drop(name)) continue;
    const known = into[name];
    if (known === undefined) into[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else into[name] = SINGLE.has(name) ? `${known}, ${value}` : [known, value];
  }
}

/**
 * node:http2 throws where one of these has an array. A second value is an error of who sent it, or one
 * more of a list, which a comma says as well (RFC 9110 §5.3).
 */
const SINGLE = new Set([
  'access-control-allow-credentials',
  'access-control-max-age',
  'access-control-request-method',
  'age',
  'authorization',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'date',
  'dnt',
  'etag',
  'expires',
  'from',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'range',
  'referer',
  'retry-after',
  'tk',
  'upgrade-insecure-requests',
  'user-agent',
  'x-content-type-options',
]);

/** Trailers as pairs to fields; pseudo-fields and framing never travel there (RFC 9113 §8.1). */
export function trailerFields(trailers: readonly string[] | undefined): Http2Fields {
  const fields = newFields();
  for (let i = 0; i + 1 < (trailers?.length ?? 0); i += 2) {
    addFields(
      fields,
      [(trailers as string[])[i] as string],
      [(trailers as string[])[i + 1] as string],
      (name) => name === 'content-length' || name.startsWith(':'),
    );
  }
  return fields;
}
