/** The certificate authority of one mesh. Its key lives in this process's memory and nowhere else. */
import { generateKeyPairSync } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Milliseconds } from '../base/units.ts';
import { createCertificate } from './certificate.ts';
import type { Issuer } from './certificate.ts';
import { issueFaultyLeaf } from './faulty-leaf.ts';
import type { Flaw } from './faulty-leaf.ts';
import { issueLeaf } from './leaf.ts';
import type { Leaf } from './leaf.ts';

const HOUR: Milliseconds = 3_600_000;
/** Its key ends with the process, and no process lives that long: it need not be renewed. */
const CA_LIFE: Milliseconds = 10 * 365 * 24 * HOUR;
const LEAF_LIFE: Milliseconds = HOUR;
/** Clocks of containers and virtual machines lag behind a little. */
const BACKDATE: Milliseconds = 60_000;
/** The wall clock may be set back while a mesh runs. */
const CA_BACKDATE: Milliseconds = 365 * 24 * HOUR;

export interface Authority {
  /** `shop.local` of `spiffe://shop.local/…`. */
  readonly trustDomain: string;
  /** PEM. */
  readonly trustBundle: string;
  spiffeId(namespace: string, service: string): string;
  /**
   * A new key and a certificate for it, good from now on.
   * @param hosts host names and IP addresses that it is good for besides
   */
  issue(namespace: string, service: string, hosts?: readonly string[]): Leaf;
  /** As `issue`, with a certificate that is wrong on purpose. */
  issueFaulty(namespace: string, service: string, flaw: Flaw): Leaf;
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
    issue: (namespace, service, hosts = []) => {
      const now = clock.wall();
      const times = { notBefore: now - BACKDATE, notAfter: now + LEAF_LIFE };
      const id = spiffeId(namespace, service);
      return issueLeaf(issuer, { service, spiffeId: id, hosts, ...times });
    },
    issueFaulty: (namespace, service, flaw) => {
      const wrongSpiffeId = spiffeId(namespace, `not-${service}`);
      const subject = { service, spiffeId: spiffeId(namespace, service), wrongSpiffeId };
      return issueFaultyLeaf(issuer, subject, flaw, clock.wall());
    },
  };
}
