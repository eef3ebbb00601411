import { describe, expect, it } from 'vitest';
import {
  faultsOn,
  healthOf,
  instanceHealth,
} from '../../../../src-renderer/topology/model/health.ts';

describe('health', () => {
  it("follows Kiali's thresholds", () => {
    expect([healthOf(0, 0), healthOf(1, 0), healthOf(1, 0.001), healthOf(1, 0.1)]).toEqual([
      'idle',
      'ok',
      'degraded',
      'failing',
    ]);
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
