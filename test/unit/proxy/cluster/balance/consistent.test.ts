import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../../src-main/base/chance.ts';
import { Consistent } from '../../../../../src-main/proxy/cluster/balance/consistent.ts';
import type { HashTable } from '../../../../../src-main/proxy/cluster/balance/consistent.ts';
import { hashText } from '../../../../../src-main/proxy/cluster/balance/hash.ts';
import { MAGLEV_SIZE, MaglevTable } from '../../../../../src-main/proxy/cluster/balance/maglev.ts';
import { RingTable } from '../../../../../src-main/proxy/cluster/balance/ring-hash.ts';

interface Endpoint {
  readonly id: string;
  readonly active: number;
}

function endpoints(count: number): Endpoint[] {
  return Array.from({ length: count }, (_, i) => ({ id: `api-v1-${i}`, active: 0 }));
}

function byId(table: HashTable<Endpoint>, keys: readonly number[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const key of keys) {
    const { id } = table.at(key);
    found.set(id, (found.get(id) ?? 0) + 1);
  }
  return found;
}

const KEYS = Array.from({ length: 20_000 }, (_, i) => hashText(`user-${i}`));

describe.each([
  ['Maglev', (all: readonly Endpoint[]) => new MaglevTable(all), 1.02, 0.03],
  ['ring hash', (all: readonly Endpoint[]) => new RingTable(all), 1.2, 0.001],
] as const)('%s', (_name, build, unevenness, disruption) => {
  it('leads the same key always to the same endpoint', () => {
    const [one, other] = [build(endpoints(5)), build(endpoints(5))];
    expect(KEYS.every((key) => one.at(key).id === other.at(key).id)).toBe(true);
  });

  it('spreads its places over the endpoints', () => {
    const all = Array.from({ length: MAGLEV_SIZE }, (_, i) =>
      Math.floor((i * 2 ** 32) / MAGLEV_SIZE),
    );
    const found = [...byId(build(endpoints(5)), all).values()];
    expect(found).toHaveLength(5);
    expect(Math.max(...found) / (MAGLEV_SIZE / 5)).toBeLessThan(unevenness);
  });

  it('moves hardly any key but those of the endpoint that goes', () => {
    const all = endpoints(6);
    const [before, after] = [build(all), build(all.filter((_, i) => i !== 2))];
    const moved = KEYS.filter((key) => {
      const { id } = before.at(key);
      return id !== 'api-v1-2' && id !== after.at(key).id;
    });
    expect(moved.length / KEYS.length).toBeLessThan(disruption);
    expect(KEYS.some((key) => after.at(key).id === 'api-v1-2')).toBe(false);
  });
});

describe('Maglev', () => {
  it('gives each endpoint its share of the places, to one', () => {
    const table = new MaglevTable(endpoints(7));
    const places = Array.from({ length: MAGLEV_SIZE }, (_, i) => i);
    const found = [...byId(table, places).values()];
    expect(Math.max(...found) - Math.min(...found)).toBeLessThanOrEqual(1);
  });
});

describe('a consistent balancer', () => {
  const create = (): Consistent<Endpoint> =>
    new Consistent((all) => new MaglevTable(all), seededChance(1));

  it('comes to the same endpoint whatever order it knows them in', () => {
    const all = endpoints(5);
    const reversed = [...all].reverse();
    const [one, other] = [create(), create()];
    for (const key of KEYS.slice(0, 500)) {
      expect(one.pick(all, undefined, key)).toBe(other.pick(reversed, undefined, key));
    }
  });

  it('avoids the endpoint that failed, and for one key always goes to the same other one', () => {
    const all = endpoints(4);
    const balancer = create();
    for (const key of KEYS.slice(0, 200)) {
      const first = balancer.pick(all, undefined, key);
      const second = balancer.pick(all, new Set([first as Endpoint]), key);
      expect(second).not.toBe(first);
      expect(balancer.pick(all, new Set([first as Endpoint]), key)).toBe(second);
    }
  });

  it('sends what has no key anywhere', () => {
    const all = endpoints(3);
    const balancer = create();
    const found = Array.from({ length: 100 }, () => balancer.pick(all, undefined, undefined));
    expect(new Set(found).size).toBe(3);
  });
});
