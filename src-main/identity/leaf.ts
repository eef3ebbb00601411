/** A workload's certificate. */
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Milliseconds } from '../base/units.ts';
import { createCertificate } from './certificate.ts';
import type { Issuer } from './certificate.ts';

/** The certificate with its key. */
export interface Leaf {
  readonly spiffeId: string;
  /** PEM. The CA is self-signed and in the trust bundle, so the chain is the leaf alone. */
  readonly certificateChain: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
  /** Milliseconds since 1970. */
  readonly notBefore: Milliseconds;
  readonly notAfter: Milliseconds;
}

export interface LeafSubject {
  readonly service: string;
  readonly spiffeId: string;
  readonly notBefore: Milliseconds;
  readonly notAfter: Milliseconds;
  /** Host names and IP addresses besides. Absent: none. */
  readonly hosts?: readonly string[];
}

/** With a new key. */
export function issueLeaf(issuer: Issuer, subject: LeafSubject): Leaf {
  const { hosts = [], notAfter, notBefore, service, spiffeId } = subject;
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificateChain = createCertificate(
    {
      subjectName: service,
      subjectKey: keys.publicKey,
      notBefore: new Date(notBefore),
      notAfter: new Date(notAfter),
      spiffeId,
      hosts,
    },
    issuer,
  );
  return { spiffeId, certificateChain, privateKey: pem(keys.privateKey), notBefore, notAfter };
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
