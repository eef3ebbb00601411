import { describe, expect, it } from 'vitest';
import { duration, spawnParticles } from '../../../../src-renderer/topology/model/particles.ts';
import { edge } from '../../../support/edge.ts';

const flowing = (from: string, ok: number, failed = 0) =>
  edge(from, 'b', { p50: 20, flow: { ok, failed, clientError: 0, injected: 0 } });

describe('particles', () => {
  it('are one for each request, while there are few', () => {
    const found = spawnParticles([flowing('a', 3, 1)], 0, () => 0.5);
    expect(found.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok', 'failed']);
  });

  it('are thinned evenly when there are many, and never invented', () => {
    const found = spawnParticles([flowing('a', 4000), flowing('c', 1000)], 0, () => 0.5);
    expect(found.length).toBeLessThanOrEqual(221);
    expect(found.filter((one) => one.edge === 'a->b')).toHaveLength(176);
    expect(spawnParticles([flowing('a', 0)], 0, () => 0)).toEqual([]);
  });

  it('are slower where the answers are', () => {
    expect(duration(1000)).toBeGreaterThan(duration(10));
    expect(duration(1e9)).toBeLessThanOrEqual(6000);
  });
});
