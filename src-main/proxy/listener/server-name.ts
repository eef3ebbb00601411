/** The server name that a TLS client asks for (SNI, RFC 6066 §3), read without terminating TLS. */

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const HOST_NAME = 0;

/**
 * @param bytes the first bytes of a connection, from its first record on.
 * @returns the name in lower case; empty where the hello has none or is broken; undefined where it
 * is not complete yet.
 */
export function readServerName(bytes: Buffer): string | undefined {
  const hello = clientHello(bytes);
  if (hello === undefined || hello === null) return hello === null ? '' : undefined;
  try {
    return nameOf(hello);
  } catch (error) {
    // A length in the hello points behind its end: it is broken, and the server will say so.
    if (error instanceof RangeError) return '';
    throw error;
  }
}

/** The hello's body put together from its records; null: this is none. */
function clientHello(bytes: Buffer): Buffer | undefined | null {
  const parts: Buffer[] = [];
  let length = 0;
  for (let at = 0; ;) {
    if (bytes.length < at + 5) return undefined;
    if (bytes[at] !== HANDSHAKE) return null;
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    parts.push(bytes.subarray(at + 5, Math.min(end, bytes.length)));
    length += Math.min(end, bytes.length) - at - 5;
    const body = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    if (length >= 4) {
      if (body[0] !== CLIENT_HELLO) return null;
      const whole = 4 + body.readUIntBE(1, 3);
      if (length >= whole) return body.subarray(4, whole);
    }
    if (end > bytes.length) return undefined;
    at = end;
  }
}

/** RFC 8446 §4.1.2: version, random, session id, cipher suites, compression methods, extensions. */
function nameOf(hello: Buffer): string {
  let at = 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  if (at >= hello.length) return '';
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  while (at + 4 <= end) {
    const type = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    if (type === SERVER_NAME) return hostName(hello.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return '';
}

function hostName(list: Buffer): string {
  if (list.readUInt8(2) !== HOST_NAME) return '';
  const length = list.readUInt16BE(3);
  return list.toString('latin1', 5, 5 + length).toLowerCase();
}
