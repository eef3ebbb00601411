import { describe, expect, it } from 'vitest';
import { availabilityOf } from '../../../../src-main/proxy/cluster/availability.ts';
import { EndpointState } from '../../../../src-main/proxy/cluster/endpoint-state.ts';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';

function pools(count: number, ejected: number): { state: EndpointState }[] {
  return Array.from({ length: count }, (_, i) => {
    const state = new EndpointState({ id: `api-${i}`, host: '127.0.0.1', port: i + 1 }, 0);
    if (i < ejected) state.ejection = { cause: 'consecutive-5xx', until: 1 };
    return { state };
  });
}

describe('the endpoints that may be picked', () => {
  it('are all while all are well: the same array', () => {
    const all = pools(3, 0);
    expect(availabilityOf(all, 50)).toEqual({ pools: all, flags: 0 });
    expect(availabilityOf(all, 50).pools).toBe(all);
    expect(availabilityOf([], 50).pools).toEqual([]);
  });

  it('are those that are well, down to the panic threshold', () => {
    const all = pools(4, 2);
    expect(availabilityOf(all, 50)).toEqual({ pools: all.slice(2), flags: HopFlag.EJECTED });
  });

  it('are not those that the health check has found unwell', () => {
    const all = pools(3, 0);
    (all[1] as { state: EndpointState }).state.unhealthy = true;
    expect(availabilityOf(all, 50)).toEqual({ pools: [all[0], all[2]], flags: 0 });
  });

  it('are all again below it', () => {
    const all = pools(4, 3);
    expect(availabilityOf(all, 50)).toEqual({
      pools: all,
      flags: HopFlag.EJECTED | HopFlag.PANIC,
    });
    expect(availabilityOf(all, 0).pools).toEqual(all.slice(3));
  });
});
