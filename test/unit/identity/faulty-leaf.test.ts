import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../src-main/identity/authority.ts';
import type { Flaw } from '../../../src-main/identity/faulty-leaf.ts';
import { FaultyLeaves } from '../../../src-main/identity/faulty-leaves.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const NOW = Date.UTC(2030, 0, 1);
const HOUR = 3_600_000;

/** Everything that must hold of a good certificate, and what does not. */
function wrongWith(flaw: Flaw): string[] {
  const authority = createAuthority('shop', new FakeClock(NOW));
  const { certificateChain } = authority.issueFaulty('default', 'orders', flaw);
  const certificate = new X509Certificate(certificateChain);
  const ca = new X509Certificate(authority.trustBundle);
  const checks: Record<string, boolean> = {
    signature: certificate.verify(ca.publicKey),
    issuer: certificate.issuer === ca.subject,
    begun: Date.parse(certificate.validFrom) < NOW,
    lasting: Date.parse(certificate.validTo) > NOW + HOUR,
    name: certificate.subjectAltName === 'URI:spiffe://shop.local/ns/default/sa/orders',
    leaf: !certificate.ca,
  };
  return Object.keys(checks).filter((key) => !checks[key]);
}

describe('a certificate that is wrong on purpose', () => {
  it.each<[Flaw, string[]]>([
    ['expired', ['lasting']],
    ['notYetValid', ['begun']],
    ['wrongSpiffeId', ['name']],
    ['unknownCa', ['signature']],
    ['missingChain', ['signature', 'issuer']],
  ])('(%s) is wrong in that way alone', (flaw, wrong) => {
    expect(wrongWith(flaw)).toEqual(wrong);
  });

  it('is the same one for half an hour, for each service and flaw', () => {
    const clock = new FakeClock(NOW);
    const leaves = new FaultyLeaves(createAuthority('shop', clock), clock);
    const leaf = (service: string, flaw: Flaw): unknown => leaves.leaf('default', service, flaw);
    const first = leaf('orders', 'expired');
    expect(leaf('orders', 'expired')).toBe(first);
    expect(leaf('web', 'expired')).not.toBe(first);
    expect(leaf('orders', 'unknownCa')).not.toBe(first);
    clock.advance(HOUR / 2);
    expect(leaf('orders', 'expired')).not.toBe(first);
  });
});
