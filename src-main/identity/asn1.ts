/** The few ASN.1 shapes that a certificate is made of, on top of node-forge's DER writer. */
import forge from 'node-forge';

const { asn1 } = forge;
const { Class, Type } = asn1;
/** node-forge has it, its types do not. */
const { bytesFromIP } = forge.util as unknown as { bytesFromIP(ip: string): string | null };

export type Asn1 = forge.asn1.Asn1;

export function sequence(...items: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, items);
}

export function set(...items: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, items);
}

/** Dotted decimal. */
export function oid(text: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(text).getBytes());
}

/** An unsigned integer, given as its bytes. */
export function integer(bytes: Buffer): Asn1 {
  // A leading 1 bit would make it negative.
  const padded = (bytes[0] as number) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return asn1.create(Class.UNIVERSAL, Type.INTEGER, false, padded.toString('latin1'));
}

export function boolean(value: boolean): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.BOOLEAN, false, value ? '\xff' : '\x00');
}

export function utf8(text: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.UTF8, false, forge.util.encodeUtf8(text));
}

/** RFC 5280 §4.1.2.5: UTCTime up to 2049, which a certificate of Faultline never outlives. */
export function time(date: Date): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.UTCTIME, false, asn1.dateToUtcTime(date));
}

export function octets(content: Buffer | string): Asn1 {
  const text = typeof content === 'string' ? content : content.toString('latin1');
  return asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, text);
}

export function bits(content: Buffer, unused = 0): Asn1 {
  const text = String.fromCharCode(unused) + content.toString('latin1');
  return asn1.create(Class.UNIVERSAL, Type.BITSTRING, false, text);
}

/** `[tag]`: around other values, or with plain content of its own. */
export function context(tag: number, content: Asn1[] | string): Asn1 {
  const constructed = typeof content !== 'string';
  return asn1.create(Class.CONTEXT_SPECIFIC, tag, constructed, content);
}

/** An IPv4 or IPv6 address as general names hold it: 4 or 16 octets. @throws Error where it is none */
export function ipBytes(address: string): string {
  const bytes = bytesFromIP(address);
  if (bytes === null) throw new Error(`"${address}" is no IP address`);
  return bytes;
}

export function toDer(value: Asn1): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), 'latin1');
}

export function fromDer(der: Buffer): Asn1 {
  return asn1.fromDer(der.toString('latin1'));
}
