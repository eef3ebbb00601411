import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../../src-main/base/chance.ts';
import type { Balancer } from '../../../../../src-main/proxy/cluster/balance/balancer.ts';
import { LeastRequest } from '../../../../../src-main/proxy/cluster/balance/least-request.ts';
import { Random } from '../../../../../src-main/proxy/cluster/balance/random.ts';
import { RoundRobin } from '../../../../../src-main/proxy/cluster/balance/round-robin.ts';

interface Endpoint {
  readonly id: string;
  active: number;
}

function endpoints(count: number): Endpoint[] {
  return Array.from({ length: count }, (_, i) => ({ id: `api-${i}`, active: 0 }));
}

/** How often each was picked, in the order of the endpoints. */
function counts(balancer: Balancer<Endpoint>, all: readonly Endpoint[], picks: number): number[] {
  const found = new Map<Endpoint | undefined, number>();
  for (let i = 0; i < picks; i++) {
    const one = balancer.pick(all, undefined, undefined);
    found.set(one, (found.get(one) ?? 0) + 1);
  }
  return all.map((one) => found.get(one) ?? 0);
}

const ALGORITHMS: Record<string, () => Balancer<Endpoint>> = {
  'round robin': () => new RoundRobin(),
  random: () => new Random(seededChance(1)),
  'least request': () => new LeastRequest(seededChance(1)),
};

describe.each(Object.entries(ALGORITHMS))('%s', (_name, create) => {
  it('has nothing to pick where there is no endpoint, and picks the only one, even to be avoided', () => {
    const [only] = endpoints(1) as [Endpoint];
    expect(create().pick([], undefined, undefined)).toBeUndefined();
    expect(create().pick([only], new Set([only]), undefined)).toBe(only);
  });

  it('never picks an endpoint to avoid where there is another', () => {
    const all = endpoints(4);
    const balancer = create();
    const [, second, third] = all as [Endpoint, Endpoint, Endpoint];
    const avoid = new Set([second, third]);
    const picked = Array.from({ length: 200 }, () => balancer.pick(all, avoid, undefined));
    expect(picked).not.toContain(second);
    expect(picked).not.toContain(third);
    expect(new Set(picked).size).toBe(2);
  });

  it('picks any where all of them are to be avoided', () => {
    const all = endpoints(3);
    const balancer = create();
    const picked = Array.from({ length: 200 }, () => balancer.pick(all, new Set(all), undefined));
    expect(picked).not.toContain(undefined);
  });
});

describe('round robin', () => {
  it('is exact', () => {
    expect(counts(new RoundRobin(), endpoints(4), 1000)).toEqual([250, 250, 250, 250]);
  });
});

describe('random', () => {
  it('takes each as often as any other', () => {
    for (const count of counts(new Random(seededChance(7)), endpoints(4), 40_000)) {
      expect(count).toBeGreaterThan(9_700);
      expect(count).toBeLessThan(10_300);
    }
  });
});

describe('least request', () => {
  it('takes the less busy of two: the busiest of three gets one in nine', () => {
    const all = endpoints(3);
    (all[0] as Endpoint).active = 9;
    const [busiest = 0] = counts(new LeastRequest(seededChance(3)), all, 90_000);
    // Both draws must have fallen on it: 1/9.
    expect(Math.abs(busiest - 10_000)).toBeLessThan(500);
  });

  it('keeps a slow endpoint from piling up requests, where round robin does not', () => {
    const run = (balancer: Balancer<Endpoint>): number => {
      const all = endpoints(4);
      const slow = all[0] as Endpoint;
      let most = 0;
      for (let tick = 0; tick < 1000; tick++) {
        const one = balancer.pick(all, undefined, undefined);
        if (one) one.active++;
        most = Math.max(most, slow.active);
        // The others answer at once; the slow one every tenth tick.
        for (const other of all) if (other !== slow) other.active = 0;
        if (tick % 10 === 0) slow.active = Math.max(0, slow.active - 1);
      }
      return most;
    };
    expect(run(new RoundRobin())).toBeGreaterThan(100);
    expect(run(new LeastRequest(seededChance(5)))).toBeLessThan(10);
  });
});
