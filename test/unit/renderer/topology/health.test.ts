import { describe, expect, it } from 'vitest';
import {
  faultsOn,
  healthOf,
  instanceHealth,
} from '../../../../src-renderer/topology/model/health.ts';
import { edge } from '../../../support/edge.ts';

describe('health', () => {
  const with5xx = (share: number) => healthOf(edge('a', 'b', { errorShare: share }));
  const with4xx = (share: number) => healthOf(edge('a', 'b', { clientErrorShare: share }));
  const withGrpc = (share: number) => healthOf(edge('a', 'b', { grpcErrorShare: share }));

  it("follows Kiali's thresholds", () => {
    expect(healthOf(edge('a', 'b', { rate: 0 }))).toBe('idle');
    expect([0, 0.001, 0.099, 0.1].map(with5xx)).toEqual(['ok', 'degraded', 'degraded', 'failing']);
    expect([0.1, 0.11, 0.19, 0.2].map(with4xx)).toEqual(['ok', 'degraded', 'degraded', 'failing']);
    expect([0, 0.001, 0.1].map(withGrpc)).toEqual(['ok', 'degraded', 'failing']);
  });

  it('does not count what was injected', () => {
    const injected = edge('a', 'b', { errorShare: 0.5, injectedErrorShare: 0.5 });
    expect(healthOf(injected)).toBe('ok');
  });

  it('of instances: some down is degraded, all down is failing, starting is neither', () => {
    const instance = (
      status: 'ready' | 'failed' | 'starting',
    ): Parameters<typeof instanceHealth>[0][number] => ({
      id: 'i',
      service: 's',
      version: 'v1',
      runtime: 'process',
      status,
      restarts: 0,
    });
    expect(instanceHealth([instance('ready'), instance('failed')])).toBe('degraded');
    expect(instanceHealth([instance('failed')])).toBe('failing');
    expect(instanceHealth([instance('starting')])).toBe('idle');
  });

  it('knows which faults act on an edge', () => {
    const fault = { name: 'f', enabled: true, to: 'b', match: {}, random: false };
    expect(faultsOn([fault], 'a', 'b')).toHaveLength(1);
    expect(faultsOn([{ ...fault, from: 'c' }], 'a', 'b')).toHaveLength(0);
    expect(faultsOn([{ ...fault, enabled: false }], 'a', 'b')).toHaveLength(0);
  });
});
