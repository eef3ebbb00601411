import fc from 'fast-check';
import { describe, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import { EndpointChoice } from '../../../../src-main/proxy/cluster/endpoint-choice.ts';
import { EndpointState } from '../../../../src-main/proxy/cluster/endpoint-state.ts';
import { priorityLoads } from '../../../../src-main/proxy/cluster/priority/load.ts';
import { WeightedSplit } from '../../../../src-main/proxy/router/split.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

interface Endpoint {
  readonly id: string;
  readonly active: number;
  readonly since: number;
  readonly state: EndpointState;
}

const LOCALITIES = ['eu/a', 'eu/b', 'us/c'] as const;

const endpoint = fc
  .record({
    priority: fc.nat({ max: 3 }),
    locality: fc.constantFrom(...LOCALITIES),
    isOut: fc.boolean(),
  })
  .map(({ isOut, ...place }) => {
    const state = new EndpointState({ id: '', host: '127.0.0.1', port: 1, ...place }, 0);
    if (isOut) state.ejection = { cause: 'success-rate', until: 1 };
    return state;
  });

const endpoints = fc
  .array(endpoint, { maxLength: 12 })
  .map((states) =>
    states.map((state, i): Endpoint => ({ id: `api-${i}`, active: 0, since: -1, state })),
  );

const threshold = fc.constantFrom(0, 20, 50, 100);

function choiceOf(
  all: readonly Endpoint[],
  panicThreshold: number,
  localityWeights?: Record<string, number>,
): EndpointChoice<Endpoint> {
  const choice = new EndpointChoice<Endpoint>(undefined, new FakeClock(), seededChance(1));
  choice.judge(all, { panicThreshold, localityWeights });
  return choice;
}

function picks(choice: EndpointChoice<Endpoint>, count: number): (Endpoint | undefined)[] {
  return Array.from({ length: count }, () => choice.pick(undefined, undefined));
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

const priorityOf = (one: Endpoint | undefined): number => one?.state.endpoint.priority ?? -1;

describe('whatever the weights are', () => {
  const weights = fc
    .array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 8 })
    .filter((all) => all.some((weight) => weight > 0));

  it('a split gives each its exact share, and is never far from it on the way', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 3 }), (all, rounds) => {
        const split = new WeightedSplit(all.map((weight, target) => ({ target, weight })));
        const sum = all.reduce((total, weight) => total + weight, 0);
        const counts = all.map(() => 0);
        for (let call = 1; call <= sum * rounds; call++) {
          const target = split.next();
          counts[target] = (counts[target] ?? 0) + 1;
          const isNear = all.every(
            (weight, i) => Math.abs((counts[i] ?? 0) - (call * weight) / sum) < all.length,
          );
          if (!isNear) return false;
        }
        return all.every((weight, i) => counts[i] === weight * rounds);
      }),
    );
  });

  it('localities have their exact shares while all are well', () => {
    const shares = fc.tuple(...LOCALITIES.map(() => fc.integer({ min: 1, max: 40 })));
    fc.assert(
      fc.property(shares, fc.array(fc.nat({ max: 2 }), { maxLength: 6 }), (given, more) => {
        const places = [0, 1, 2, ...more].map((i) => LOCALITIES[i] as string);
        const all = places.map((locality, i): Endpoint => {
          const state = new EndpointState({ id: '', host: '', port: 1, locality }, 0);
          return { id: `api-${i}`, active: 0, since: -1, state };
        });
        const localityWeights = Object.fromEntries(LOCALITIES.map((name, i) => [name, given[i]]));
        const sum = given.reduce((total, weight) => total + weight, 0);
        const choice = choiceOf(all, 50, localityWeights as Record<string, number>);
        const counts = countBy(picks(choice, sum), (one) => one?.state.endpoint.locality ?? '');
        return LOCALITIES.every((name, i) => counts.get(name) === given[i]);
      }),
    );
  });
});

describe('whoever is well', () => {
  const levels = fc.array(
    fc
      .record({ total: fc.nat({ max: 20 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ total, share }) => ({ total, well: Math.round(total * share) })),
    { minLength: 1, maxLength: 5 },
  );

  it('priorities have whole loads, 100 together, and none for want of endpoints', () => {
    fc.assert(
      fc.property(levels, threshold, (all, panicThreshold) => {
        const loads = priorityLoads(all, panicThreshold);
        const sum = loads.reduce((total, { load }) => total + load, 0);
        const isAnybody = all.some(({ well }) => well > 0);
        return (
          sum === 100 &&
          loads.every(({ load, isPanic }, i) => {
            const { well = 0, total = 0 } = all[i] ?? {};
            const canTake = isPanic ? total > 0 : well > 0;
            return Number.isInteger(load) && (load === 0 || canTake || !isAnybody);
          })
        );
      }),
    );
  });

  it('a first priority of which 72 % are well has all requests', () => {
    fc.assert(
      fc.property(levels, threshold, (all, panicThreshold) => {
        const [first] = all;
        fc.pre(first !== undefined && first.total > 0 && first.well / first.total >= 0.72);
        return priorityLoads(all, panicThreshold)[0]?.load === 100;
      }),
    );
  });

  it('a hundred requests are shared among the priorities as their loads say, evenly within each', () => {
    fc.assert(
      fc.property(endpoints, threshold, (all, panicThreshold) => {
        const choice = choiceOf(all, panicThreshold);
        const found = picks(choice, 100);
        if (found[0] === undefined) return found.every((one) => one === undefined);
        const isExact = choice.priorities.every(
          ({ load }, i) => found.filter((one) => priorityOf(one) === i).length === load,
        );
        const isEven = choice.priorities.every((_, i) => {
          const counts = countBy(
            found.filter((one) => priorityOf(one) === i),
            (one) => one?.id ?? '',
          );
          const each = [...counts.values()];
          return each.length === 0 || Math.max(...each) - Math.min(...each) <= 1;
        });
        return isExact && isEven;
      }),
    );
  });

  it('nobody who is out is asked, but in panic', () => {
    fc.assert(
      fc.property(endpoints, (all) =>
        picks(choiceOf(all, 0), 50).every((one) => one?.state.isAvailable ?? true),
      ),
    );
  });

  it('a try is not where the one before failed, as long as there is another that is well', () => {
    fc.assert(
      fc.property(endpoints, fc.nat(), (all, at) => {
        const well = all.filter(({ state }) => state.isAvailable);
        fc.pre(well.length > 1);
        const avoid = well[at % well.length];
        const choice = choiceOf(all, 0);
        const tried = new Set(avoid && [avoid]);
        return Array.from({ length: 20 }, () => choice.pick(tried, undefined)).every(
          (one) => one !== avoid,
        );
      }),
    );
  });
});
