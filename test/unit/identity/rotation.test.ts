import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../src-main/identity/authority.ts';
import type { Leaf } from '../../../src-main/identity/leaf.ts';
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
    waits: number[];
    rotation: Rotation;
  } {
    const clock = new FakeClock(NOW);
    const leaves: Leaf[] = [];
    const failures: string[] = [];
    const waits: number[] = [];
    const first = createAuthority('shop', clock).issue('default', 'orders');
    const rotation = new Rotation(first, {
      clock,
      chance: { next: () => 0 },
      issue: () => issue(clock),
      onLeaf: (leaf) => leaves.push(leaf),
      onFailure: (error, wait) => {
        failures.push(error.message);
        waits.push(wait);
      },
    });
    return { clock, leaves, failures, waits, rotation };
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

  it('renews at once on waking, when the certificate ran out during the sleep', () => {
    const { clock, leaves } = start((now) =>
      createAuthority('shop', now).issue('default', 'orders'),
    );
    clock.advance(MINUTE);
    clock.setWall(NOW + 8 * 60 * MINUTE);
    clock.advance(1_000);
    expect(leaves).toHaveLength(1);
    expect(leaves[0]?.notAfter).toBe(clock.wall() + 60 * MINUTE);
  });

  it('renews at once when the wall clock is set back behind the beginning', () => {
    const { clock, leaves } = start((now) =>
      createAuthority('shop', now).issue('default', 'orders'),
    );
    clock.setWall(NOW - 60 * MINUTE);
    clock.advance(1_000);
    expect(leaves).toHaveLength(1);
    clock.advance(39 * MINUTE);
    expect(leaves).toHaveLength(1);
    clock.advance(2 * MINUTE);
    expect(leaves).toHaveLength(2);
  });

  it('tries again after longer and longer waits, at most a minute, and tells each', () => {
    const { clock, failures, waits } = start(() => {
      throw new Error('no');
    });
    clock.setWall(NOW + 60 * MINUTE);
    clock.advance(1_000);
    expect([failures, waits]).toEqual([['no'], [1_000]]);
    clock.advance(4 * MINUTE);
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    clock.setWall(NOW - 60 * MINUTE);
    clock.advance(1_000);
    expect(waits).toHaveLength(10);
  });

  it('leaves no timer behind', () => {
    const { clock, rotation } = start(() => {
      throw new Error('no');
    });
    clock.advance(41 * MINUTE);
    rotation.close();
    expect(clock.pending).toBe(0);
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
