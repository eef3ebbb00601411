/** A certificate chain in words: what stands in each certificate, from the leaf up. Pure. */
import { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../api/contract/index.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g;

/** `pem`: certificates one after the other, leaf first. @throws Error where one is none */
export function chainFacts(pem: string): CertificateFacts[] {
  return (pem.match(BLOCK) ?? []).map((block) => factsOf(new X509Certificate(block)));
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const { publicKey } = certificate;
  const curve = publicKey.asymmetricKeyDetails?.namedCurve;
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serialNumber: certificate.serialNumber,
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    uris: urisOf(certificate.subjectAltName),
    key: [publicKey.asymmetricKeyType ?? 'unknown', curve].filter(Boolean).join(' '),
    fingerprint256: certificate.fingerprint256,
    isAuthority: certificate.ca,
    pem: certificate.toString(),
  };
}

/** Node puts each part of a name on a line of its own. */
function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

function urisOf(subjectAltName: string | undefined): string[] {
  return (subjectAltName ?? '')
    .split(', ')
    .filter((one) => one.startsWith('URI:'))
    .map((one) => one.slice('URI:'.length));
}
