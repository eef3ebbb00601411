/**
 * Certificates that are wrong on purpose, each in one way and in no other, for faults of identity.
 * Made only while such a fault is enabled.
 */
import { generateKeyPairSync } from 'node:crypto';
import type { Milliseconds } from '../base/units.ts';
import { issueLeaf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import type { Issuer } from './certificate.ts';

export type Flaw = 'expired' | 'notYetValid' | 'wrongSpiffeId' | 'unknownCa' | 'missingChain';

const HOUR: Milliseconds = 3_600_000;
/** What is not wrong about its times must not become so while the fault is enabled. */
const LIFE: Milliseconds = 3 * HOUR;

export interface FaultySubject {
  readonly service: string;
  readonly spiffeId: string;
  /** Of the mesh, but of nobody in it. */
  readonly wrongSpiffeId: string;
}

export function issueFaultyLeaf(
  issuer: Issuer,
  subject: FaultySubject,
  flaw: Flaw,
  now: Milliseconds,
): Leaf {
  const { service, spiffeId, wrongSpiffeId } = subject;
  const good = { service, spiffeId, notBefore: now - HOUR, notAfter: now + LIFE };
  switch (flaw) {
    case 'expired':
      return issueLeaf(issuer, { ...good, notBefore: now - 2 * HOUR, notAfter: now - HOUR });
    case 'notYetValid':
      return issueLeaf(issuer, { ...good, notBefore: now + 24 * HOUR, notAfter: now + 25 * HOUR });
    case 'wrongSpiffeId':
      return issueLeaf(issuer, { ...good, spiffeId: wrongSpiffeId });
    case 'unknownCa':
      return issueLeaf(another(issuer.name), good);
    case 'missingChain':
      // Signed by a CA between, whose certificate should follow the leaf's and does not.
      return issueLeaf(another(`${issuer.name} (intermediate)`), good);
  }
}

function another(name: string): Issuer {
  return { name, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}
