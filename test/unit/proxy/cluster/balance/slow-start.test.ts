import { describe, expect, it } from 'vitest';
import { RoundRobin } from '../../../../../src-main/proxy/cluster/balance/round-robin.ts';
import { SlowStart, warmth } from '../../../../../src-main/proxy/cluster/balance/slow-start.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';

const CONFIG = { window: 60_000, aggression: 1, minWeightPercent: 10 };

describe('slow start', () => {
  it("grows by Envoy's formula: evenly, faster with more aggression, from the least on", () => {
    expect(warmth(CONFIG, 0)).toBeCloseTo(0.1);
    expect(warmth(CONFIG, 30_000)).toBeCloseTo(0.5);
    expect(warmth(CONFIG, 60_000)).toBe(1);
    expect(warmth({ ...CONFIG, aggression: 2 }, 15_000)).toBeCloseTo(0.5);
    expect(warmth({ ...CONFIG, minWeightPercent: 0 }, 0)).toBeCloseTo(1 / 60);
  });

  it('gives the endpoint that has just come its share little by little', () => {
    const clock = new FakeClock();
    const old = { id: 'old', active: 0, since: -60_000 };
    const fresh = { id: 'new', active: 0, since: 0 };
    const all = [old, fresh];
    const balancer = new SlowStart<typeof old>(CONFIG, clock, new RoundRobin(), false);
    const share = (): number => {
      const picked = Array.from({ length: 300 }, () => balancer.pick(all, undefined, undefined));
      return picked.filter((one) => one === fresh).length / 300;
    };
    clock.advance(6_000);
    expect(share()).toBeCloseTo(1 / 11, 1);
    clock.advance(24_000);
    expect(share()).toBeCloseTo(1 / 3, 1);
    clock.advance(30_000);
    expect(share()).toBe(0.5);
  });
});
