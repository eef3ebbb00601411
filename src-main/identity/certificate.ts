/**
 * X.509 certificates (RFC 5280) with ECDSA P-256 keys. Keys and signatures are node:crypto's;
 * node-forge writes the ASN.1. (node-forge's own certificate helper signs with RSA only;
 * `@peculiar/x509` would do it all, but is asynchronous and brings eleven packages along.)
 */
import { createHash, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bits,
  boolean,
  context,
  fromDer,
  integer,
  ipBytes,
  octets,
  oid,
  sequence,
  set,
  time,
  toDer,
  utf8,
} from './asn1.ts';
import type { Asn1 } from './asn1.ts';

const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** The context tags of the general names (RFC 5280 §4.2.1.6). */
const TAG = { dns: 2, uri: 6, ip: 7 } as const;
/** keyCertSign and cRLSign; digitalSignature: bits counted from the left, with the unused ones. */
const CA_USAGE = { byte: 0b0000_0110, unused: 1 };
const LEAF_USAGE = { byte: 0b1000_0000, unused: 7 };

export interface CertificateRequest {
  readonly subjectName: string;
  readonly subjectKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The one URI that names a workload; absent: this is a CA. */
  readonly spiffeId?: string;
  /** Host names and IP addresses, for callers that know no SPIFFE IDs. Absent: none. */
  readonly hosts?: readonly string[];
}

export interface Issuer {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Makes and signs a certificate; returns PEM. */
export function createCertificate(request: CertificateRequest, issuer: Issuer): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const body = sequence(
    context(0, [integer(Buffer.of(2))]),
    // 20 octets at most and positive (RFC 5280 §4.1.2.2).
    integer(positive(randomBytes(19))),
    algorithm,
    name(issuer.name),
    sequence(time(request.notBefore), time(request.notAfter)),
    name(request.subjectName),
    fromDer(request.subjectKey.export({ type: 'spki', format: 'der' })),
    context(3, [sequence(...extensions(request, issuer))]),
  );
  const signature = sign('sha256', toDer(body), issuer.privateKey);
  return toPem(toDer(sequence(body, algorithm, bits(signature))));
}

function positive(bytes: Buffer): Buffer {
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x01;
  return bytes;
}

function name(commonName: string): Asn1 {
  return sequence(
    set(sequence(oid(OID.organization), utf8('Faultline'))),
    set(sequence(oid(OID.commonName), utf8(commonName))),
  );
}

function extensions(request: CertificateRequest, issuer: Issuer): Asn1[] {
  const ids = [
    extension(OID.subjectKeyIdentifier, false, octets(keyId(request.subjectKey))),
    extension(
      OID.authorityKeyIdentifier,
      false,
      sequence(context(0, keyId(issuer.publicKey).toString('latin1'))),
    ),
  ];
  if (request.spiffeId === undefined) {
    return [
      extension(OID.basicConstraints, true, sequence(boolean(true), integer(Buffer.of(0)))),
      extension(OID.keyUsage, true, bits(Buffer.of(CA_USAGE.byte), CA_USAGE.unused)),
      ...ids,
    ];
  }
  return [
    extension(OID.basicConstraints, true, sequence()),
    extension(OID.keyUsage, true, bits(Buffer.of(LEAF_USAGE.byte), LEAF_USAGE.unused)),
    extension(OID.extendedKeyUsage, false, sequence(oid(OID.serverAuth), oid(OID.clientAuth))),
    extension(OID.subjectAltName, false, sequence(...names(request.spiffeId, request.hosts))),
    ...ids,
  ];
}

function names(spiffeId: string, hosts: readonly string[] = []): Asn1[] {
  return [
    context(TAG.uri, spiffeId),
    ...hosts.map((host) =>
      isIP(host) === 0 ? context(TAG.dns, host) : context(TAG.ip, ipBytes(host)),
    ),
  ];
}

function extension(id: string, critical: boolean, value: Asn1): Asn1 {
  const content = octets(toDer(value));
  return critical ? sequence(oid(id), boolean(true), content) : sequence(oid(id), content);
}

/** RFC 5280 §4.2.1.2, method 1, with SHA-256 cut to 20 octets (RFC 7093 §2). */
function keyId(key: KeyObject): Buffer {
  const der = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest().subarray(0, 20);
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
