/** Which header fields travel over HTTP/2 (RFC 9113 §8.2), in either direction. */

/** About one connection of HTTP/1.1; nghttp2 refuses most of them, and so do we when we translate. */
const CONNECTION_SPECIFIC = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'host',
  'expect',
  'trailer',
]);

/** The fields in the shape that node:http2 takes: repeated ones as an array. */
export type Http2Fields = Record<string, string | string[]>;

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

/** node:http2 refuses an array for these; a second value is either an error or a list. */
const SINGLE = new Set([
  'access-control-max-age',
  'authorization',
  'content-type',
  'etag',
  'location',
  'referer',
  'retry-after',
  'tk',
  'user-agent',
]);

/** Trailers as pairs to fields; pseudo-fields and framing never travel there (RFC 9113 §8.1). */
export function trailerFields(trailers: readonly string[] | undefined): Http2Fields {
  const fields: Http2Fields = {};
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
