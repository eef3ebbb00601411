import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../src-main/identity/authority.ts';
import type { Leaf } from '../../../src-main/identity/authority.ts';
import { Rotation } from '../../../src-main/identity/rotation.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2030, 0, 1);

describe('a leaf certificate', () => {
  const clock = new FakeClock(NOW);
  const authority = createAuthority('shop', clock);
  const leaf = authority.issue('default', 'orders');
  const certificate = new X509Certificate(leaf.certificateChain);
  const ca = new X509Certificate(authority.trustBundle);

  it('is signed by the CA and names the workload by its SPIFFE ID alone', () => {
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.subjectAltName).toBe('URI:spiffe://shop.local/ns/default/sa/orders');
    expect([certificate.ca, ca.ca]).toEqual([false, true]);
  });

  it('lives an hour, and began a minute ago for clocks that lag', () => {
    expect(Date.parse(certificate.validFrom)).toBe(NOW - MINUTE);
    expect(Date.parse(certificate.validTo)).toBe(NOW + 60 * MINUTE);
  });

  it('fits its key, and no two share one', () => {
    const other = authority.issue('default', 'orders');
    expect(other.privateKey).not.toBe(leaf.privateKey);
    expect(new X509Certificate(other.certificateChain).serialNumber).not.toBe(
      certificate.serialNumber,
    );
  });
});

describe('rotation', () => {
  function start(issue: (clock: FakeClock) => Leaf): {
    clock: FakeClock;
    leaves: Leaf[];
    failures: string[];
  } {
    const clock = new FakeClock(NOW);
    const leaves: Leaf[] = [];
    const failures: string[] = [];
    const first = createAuthority('shop', clock).issue('default', 'orders');
    new Rotation(first, {
      clock,
      chance: { next: () => 0 },
      issue: () => issue(clock),
      onLeaf: (leaf) => leaves.push(leaf),
      onFailure: (error) => failures.push(error.message),
    });
    return { clock, leaves, failures };
  }

  it('renews at two thirds of the life, again and again', () => {
    const { clock, leaves } = start((now) =>
      createAuthority('shop', now).issue('default', 'orders'),
    );
    clock.advance(39 * MINUTE);
    expect(leaves).toHaveLength(0);
    clock.advance(2 * MINUTE);
    expect(leaves).toHaveLength(1);
    clock.advance(80 * MINUTE);
    expect(leaves).toHaveLength(3);
  });

  it('heals by itself after a failure', () => {
    let broken = true;
    const { clock, leaves, failures } = start((now) => {
      if (broken) throw new Error('no');
      return createAuthority('shop', now).issue('default', 'orders');
    });
    clock.advance(41 * MINUTE);
    expect(failures.length).toBeGreaterThan(1);
    broken = false;
    clock.advance(2 * MINUTE);
    expect(leaves).toHaveLength(1);
  });
});
