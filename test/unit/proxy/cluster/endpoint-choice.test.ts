import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import { hashText } from '../../../../src-main/proxy/cluster/balance/hash.ts';
import { EndpointChoice } from '../../../../src-main/proxy/cluster/endpoint-choice.ts';
import { EndpointState } from '../../../../src-main/proxy/cluster/endpoint-state.ts';
import type { EndpointConfig } from '../../../../src-main/proxy/config.ts';
import type { LoadBalancingConfig } from '../../../../src-main/proxy/config/upstream.ts';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

interface Endpoint {
  readonly id: string;
  active: number;
  readonly since: number;
  readonly state: EndpointState;
}

function endpoint(id: string, place: Partial<EndpointConfig> = {}): Endpoint {
  const state = new EndpointState({ id, host: '127.0.0.1', port: 1, ...place }, -60_000);
  return { id, active: 0, since: -60_000, state };
}

function eject({ state }: Endpoint): void {
  state.ejection = { cause: 'consecutive-5xx', until: 1 };
}

class Mesh {
  readonly choice: EndpointChoice<Endpoint>;
  readonly all: Endpoint[];
  readonly #weights: Record<string, number> | undefined;

  constructor(
    all: Endpoint[],
    config?: LoadBalancingConfig,
    localityWeights?: Record<string, number>,
  ) {
    this.all = all;
    this.#weights = localityWeights;
    this.choice = new EndpointChoice(config, new FakeClock(), seededChance(1));
    this.judge();
  }

  judge(): void {
    const policy = { panicThreshold: 50, localityWeights: this.#weights };
    this.choice.judge(this.all, policy);
  }

  /** How often each endpoint is picked, by id. */
  counts(picks: number, hashOf: (i: number) => number | undefined = () => undefined): object {
    const found: Record<string, number> = {};
    for (let i = 0; i < picks; i++) {
      const one = this.choice.pick(undefined, hashOf(i));
      found[one?.id ?? 'nobody'] = (found[one?.id ?? 'nobody'] ?? 0) + 1;
    }
    return found;
  }
}

const four = (): Endpoint[] => [
  endpoint('a-0'),
  endpoint('a-1'),
  endpoint('b-0', { priority: 1 }),
  endpoint('b-1', { priority: 1 }),
];

describe('the choice among priorities', () => {
  it('takes the first one alone while enough of it are well', () => {
    expect(new Mesh(four()).counts(100)).toEqual({ 'a-0': 50, 'a-1': 50 });
  });

  it('spills over exactly, and each side takes its own endpoints in their turn', () => {
    const mesh = new Mesh(four());
    eject(mesh.all[0] as Endpoint);
    mesh.judge();
    expect(mesh.counts(1000)).toEqual({ 'a-1': 700, 'b-0': 150, 'b-1': 150 });
  });

  it.each(['random', 'leastRequest'] as const)('does so with %s as well', (algorithm) => {
    const mesh = new Mesh(four(), { algorithm });
    eject(mesh.all[0] as Endpoint);
    mesh.judge();
    expect(mesh.counts(1000)).toMatchObject({ 'a-1': 700 });
  });

  it('goes on with its turns where a judgement has changed nothing', () => {
    const mesh = new Mesh(four());
    eject(mesh.all[0] as Endpoint);
    mesh.judge();
    const found: string[] = [];
    for (let i = 0; i < 10; i++) {
      mesh.judge();
      found.push(mesh.choice.pick(undefined, undefined)?.id ?? '');
    }
    expect(found.filter((id) => id === 'a-1')).toHaveLength(7);
  });

  it('leaves a request of the same hash where it was unless its priority gives it away', () => {
    const config = { algorithm: 'maglev', hash: { header: 'x-user' } } as const;
    const first = ['a-0', 'a-1', 'a-2', 'a-3'].map((id) => endpoint(id));
    const mesh = new Mesh([...first, endpoint('b-0', { priority: 1 })], config);
    const hashes = Array.from({ length: 2000 }, (_, i) => hashText(`user-${i}`));
    const picked = (): (string | undefined)[] =>
      hashes.map((hash) => mesh.choice.pick(undefined, hash)?.id);
    const before = picked();
    eject(first[0] as Endpoint);
    eject(first[1] as Endpoint);
    mesh.judge();
    const after = picked();
    expect(picked()).toEqual(after);
    const spilled = after.filter((id) => id === 'b-0').length;
    expect(spilled / 2000).toBeCloseTo(0.3, 1);
    const stayed = after.filter((id, i) => id !== 'b-0' && id === before[i]).length;
    const couldStay = before.filter((id, i) => id !== 'a-0' && id !== 'a-1' && after[i] !== 'b-0');
    expect(stayed / couldStay.length).toBeGreaterThan(0.95);
  });

  it('avoids the endpoint that failed, if need be in a later priority', () => {
    const mesh = new Mesh([endpoint('a-0'), endpoint('b-0', { priority: 1 })]);
    const avoid = new Set(mesh.all.slice(0, 1));
    expect(mesh.choice.pick(avoid, undefined)?.id).toBe('b-0');
    expect(mesh.choice.pick(undefined, undefined)?.id).toBe('a-0');
    eject(mesh.all[1] as Endpoint);
    mesh.judge();
    expect(mesh.choice.pick(avoid, undefined)?.id).toBe('a-0');
  });

  it('leaves out all that were tried, over all priorities, and then takes any', () => {
    const mesh = new Mesh([
      endpoint('a-0'),
      endpoint('b-0', { priority: 1 }),
      endpoint('c-0', { priority: 2 }),
    ]);
    const tried = new Set(mesh.all.slice(0, 2));
    expect(mesh.choice.pick(tried, undefined)?.id).toBe('c-0');
    expect(mesh.choice.pick(new Set(mesh.all), undefined)?.id).toBe('a-0');
  });

  it('flags what is not the first choice', () => {
    const mesh = new Mesh(four());
    expect(mesh.choice.flagsOf(mesh.all[0])).toBe(0);
    expect(mesh.choice.flagsOf(mesh.all[2])).toBe(HopFlag.FAILOVER);
    eject(mesh.all[0] as Endpoint);
    mesh.judge();
    expect(mesh.choice.flagsOf(mesh.all[1])).toBe(HopFlag.EJECTED);
    expect(mesh.choice.flagsOf(mesh.all[2])).toBe(HopFlag.EJECTED | HopFlag.FAILOVER);
    expect(mesh.choice.flagsOf(undefined)).toBe(HopFlag.EJECTED);
  });
});

describe('the choice among localities with weights', () => {
  const places = (): Endpoint[] => [
    endpoint('a-0', { locality: 'eu/a' }),
    endpoint('b-0', { locality: 'eu/b' }),
    endpoint('b-1', { locality: 'eu/b' }),
  ];
  const weights = { 'eu/a': 70, 'eu/b': 30 };

  it('is exact, whatever the number of endpoints', () => {
    const mesh = new Mesh(places(), undefined, weights);
    expect(mesh.counts(1000)).toEqual({ 'a-0': 700, 'b-0': 150, 'b-1': 150 });
  });

  it('goes by the hash where the algorithm does', () => {
    const config = { algorithm: 'ringHash', hash: { header: 'x-user' } } as const;
    const mesh = new Mesh(places(), config, weights);
    const hash = hashText('user-1');
    expect(Object.keys(mesh.counts(50, () => hash))).toHaveLength(1);
    const counts = mesh.counts(4000, (i) => hashText(`user-${i}`)) as Record<string, number>;
    expect((counts['a-0'] ?? 0) / 4000).toBeCloseTo(0.7, 1);
  });
});
