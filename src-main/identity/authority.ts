/** The certificate authority of one mesh. Its key lives in this process's memory and nowhere else. */
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';
import { createCertificate } from './certificate.ts';
import type { Issuer } from './certificate.ts';

const HOUR: Milliseconds = 3_600_000;
/** Its key ends with the process, and no process lives that long: it need not be renewed. */
const CA_LIFE: Milliseconds = 10 * 365 * 24 * HOUR;
const LEAF_LIFE: Milliseconds = HOUR;
/** Clocks of containers and virtual machines lag behind a little. */
const BACKDATE: Milliseconds = 60_000;
/** The wall clock may be set back while a mesh runs. */
const CA_BACKDATE: Milliseconds = 365 * 24 * HOUR;

/** A workload's certificate with its key. */
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

export interface Authority {
  /** `shop.local` of `spiffe://shop.local/…`. */
  readonly trustDomain: string;
  /** PEM. */
  readonly trustBundle: string;
  spiffeId(namespace: string, service: string): string;
  /** A new key and a certificate for it, good from now on. */
  issue(namespace: string, service: string): Leaf;
}

export function createAuthority(meshName: string, clock: Clock): Authority {
  const trustDomain = `${meshName}.local`;
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer: Issuer = { name: `${meshName} mesh CA`, ...keys };
  const now = clock.wall();
  const trustBundle = createCertificate(
    {
      subjectName: issuer.name,
      subjectKey: keys.publicKey,
      notBefore: new Date(now - CA_BACKDATE),
      notAfter: new Date(now + CA_LIFE),
    },
    issuer,
  );
  const spiffeId = (namespace: string, service: string): string =>
    `spiffe://${trustDomain}/ns/${namespace}/sa/${service}`;
  return {
    trustDomain,
    trustBundle,
    spiffeId,
    issue: (namespace, service) =>
      issueLeaf(issuer, service, spiffeId(namespace, service), clock.wall()),
  };
}

function issueLeaf(issuer: Issuer, service: string, spiffeId: string, now: Milliseconds): Leaf {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = now - BACKDATE;
  const notAfter = now + LEAF_LIFE;
  const certificateChain = createCertificate(
    {
      subjectName: service,
      subjectKey: keys.publicKey,
      notBefore: new Date(notBefore),
      notAfter: new Date(notAfter),
      spiffeId,
    },
    issuer,
  );
  return { spiffeId, certificateChain, privateKey: pem(keys.privateKey), notBefore, notAfter };
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
