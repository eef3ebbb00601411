import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import type { FaultConfig } from '../../../../src-main/proxy/config/fault.ts';
import { createFaultFilters } from '../../../../src-main/proxy/filters/http/catalogue.ts';
import type { Action, TryTarget } from '../../../../src-main/proxy/filters/http/filter.ts';
import { compileRoutes } from '../../../../src-main/proxy/router/route.ts';
import type { RequestView } from '../../../../src-main/proxy/router/match.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const request: RequestView = { method: 'GET', path: '/a', host: 'h', names: [], values: [] };
const target: TryTarget = {
  requestId: 'r',
  version: 'v1',
  instance: 'a',
  hop: { faults: '', attempt: 0 },
};
const fault = (part: Partial<FaultConfig>): FaultConfig => ({
  name: 'f',
  match: {},
  random: false,
  ...part,
});
const always = { abort: { status: 500, percentage: 100 } };

const place = (part: { node?: string; clock?: FakeClock; chance?: number } = {}) => ({
  clock: part.clock ?? new FakeClock(),
  chance: seededChance(part.chance ?? 1),
  node: part.node ?? 'orders-v1-0',
  nodeVersion: 'v1',
  route: 'payments',
});

function taken(
  faults: FaultConfig[],
  calls: number,
  at = place(),
  to: Partial<TryTarget> = {},
): Action[][] {
  const filters = [...createFaultFilters(faults, at).values()];
  return Array.from({ length: calls }, () => {
    const hop = { ...(to.hop ?? target.hop) };
    return filters.flatMap((filter) => {
      const action = filter.apply(request, { ...target, ...to, hop });
      if (action) hop.faults += filter.name;
      return action ?? [];
    });
  });
}

const kinds = (all: Action[][]): string[][] => all.map((one) => one.map(({ kind }) => kind));
const hits = (...given: Parameters<typeof taken>): number => taken(...given).flat().length;

describe('faults', () => {
  it('act on exactly their share, each drawing for itself', () => {
    const both = kinds(
      taken(
        [
          fault({ delay: { duration: 5, percentage: 50 } }),
          fault({ abort: { status: 500, percentage: 10 } }),
        ],
        1000,
      ),
    );
    expect(both.filter((one) => one.includes('delay'))).toHaveLength(500);
    expect(both.filter((one) => one.includes('respond'))).toHaveLength(100);
    expect(both.filter((one) => one.length === 2)).toHaveLength(50);
  });

  it('take as much of each version as of the other, however these take turns', () => {
    const filters = [
      ...createFaultFilters([fault({ abort: { status: 500, percentage: 50 } })], place()).values(),
    ];
    const count = { v1: 0, v2: 0 };
    for (let i = 0; i < 1000; i++) {
      const version = i % 2 === 0 ? 'v1' : 'v2';
      if (filters[0]?.apply(request, { ...target, version })) count[version]++;
    }
    expect(count).toEqual({ v1: 250, v2: 250 });
  });

  it('take as much of second tries as of first ones', () => {
    const half = [fault({ abort: { status: 500, percentage: 50 } })];
    const [filter] = [...createFaultFilters(half, place()).values()];
    const fails = (attempt: number): boolean =>
      filter?.apply(request, { ...target, hop: { faults: '', attempt } }) !== undefined;
    const lost = Array.from({ length: 1000 }, () => fails(0) && fails(1));
    expect(lost.filter(Boolean)).toHaveLength(250);
  });

  it('delay before they abort, whatever their order', () => {
    const delay = fault({ delay: { duration: 5, percentage: 100 } });
    expect(kinds(taken([fault(always), delay], 1))).toEqual([['delay', 'respond']]);
  });

  it('leave requests alone that do not match', () => {
    expect(hits([fault({ match: { pathPrefix: '/b' }, ...always })], 3)).toBe(0);
  });

  it('toss a coin where that is asked for', () => {
    const count = hits([fault({ random: true, abort: { status: 500, percentage: 30 } })], 2000);
    expect(count).not.toBe(600);
    expect(count / 2000).toBeCloseTo(0.3, 1);
  });

  it('are for a version, an instance and a version of the caller', () => {
    const to = (part: Partial<FaultConfig>, at: Partial<TryTarget> = {}): number =>
      hits([fault({ ...always, ...part })], 1, place(), at);
    expect(to({ toVersion: 'v2' })).toBe(0);
    expect(to({ toVersion: 'v2' }, { version: 'v2' })).toBe(1);
    expect(to({ instance: 'b' })).toBe(0);
    expect(to({ instance: 'b' }, { instance: 'b' })).toBe(1);
    expect(to({ fromVersion: 'v2' })).toBe(0);
    expect(to({ fromVersion: 'v1' })).toBe(1);
  });

  it('take of the remainder where that is asked for: only what nothing has touched', () => {
    const one = fault({ ...always, stacking: 'remainder' });
    expect(hits([one], 4, place(), { hop: { faults: 'g', attempt: 0 } })).toBe(0);
    expect(hits([one], 4)).toBe(4);
  });

  it('act when it is their time, and are over when that is over', () => {
    const clock = new FakeClock(1000);
    const one = fault({ ...always, active: { from: 1100, until: 1200 } });
    const [filter] = [...createFaultFilters([one], place({ clock })).values()];
    const acts = (): boolean => filter?.apply(request, target) !== undefined;
    expect(acts()).toBe(false);
    clock.advance(100);
    expect(acts()).toBe(true);
    clock.advance(100);
    expect(acts()).toBe(false);
  });

  it('take their share of what the sequence takes', () => {
    const one = fault({ abort: { status: 500, percentage: 50 }, sequence: { first: 10 } });
    expect(hits([one], 100)).toBe(5);
  });

  it('are the same in every run with one seed, whatever other faults and proxies do', () => {
    const distribution = { exponential: { mean: 50 } };
    const seeded = fault({
      random: true,
      seed: 5,
      delay: { duration: 50, distribution, percentage: 40 },
    });
    const other = fault({ ...always, random: true, name: 'other', seed: 5 });
    const rowOf = (faults: FaultConfig[], chance: number, node = 'orders-v1-0'): unknown =>
      taken(faults, 50, place({ chance, node })).map((one) =>
        one.filter(({ kind }) => kind === 'delay'),
      );
    const row = rowOf([seeded], 1);
    expect(rowOf([seeded], 2)).toEqual(row);
    expect(rowOf([other, seeded], 3)).toEqual(row);
    expect(rowOf([{ ...seeded, seed: 6 }], 1)).not.toEqual(row);
    expect(rowOf([seeded], 1, 'orders-v1-1')).not.toEqual(row);
  });

  it('go on counting where they were when something else is pushed', () => {
    const counted = fault({ abort: { status: 500, percentage: 25 } });
    const config = (i: number) => ({
      name: 'r',
      match: {},
      overrides: [],
      split: [{ cluster: 'a', weight: 1 }],
      timeout: 0,
      // Another fault is changed each time.
      faults: [counted, fault({ name: 'g', delay: { duration: i, percentage: 0 } })],
    });
    let routes = compileRoutes([config(0)], [], place());
    let aborted = 0;
    for (let i = 1; i <= 100; i++) {
      const [route] = routes;
      if (route?.tryFilters.some((filter) => filter.apply(request, target))) aborted++;
      routes = compileRoutes([config(i)], routes, place());
    }
    expect(aborted).toBe(25);
  });
});

describe('an abort', () => {
  const actionOf = (abort: Omit<NonNullable<FaultConfig['abort']>, 'percentage'>): unknown =>
    taken([fault({ abort: { ...abort, percentage: 100 } })], 1)[0]?.[0];

  it('has the headers, the body and the gRPC status that it was given', () => {
    const headers = { 'retry-after': '3' };
    expect(actionOf({ status: 429, headers, body: 'slow down', grpcStatus: 8 })).toEqual({
      kind: 'respond',
      status: 429,
      headers: [['retry-after', '3']],
      body: 'slow down',
      grpcStatus: 8,
    });
  });

  it('has no text of its own where a type says what the body is', () => {
    const headers = { 'content-type': 'application/json' };
    expect(actionOf({ status: 500, headers })).toMatchObject({ body: '' });
    expect(actionOf({ status: 500 })).not.toHaveProperty('body');
  });

  it('breaks the connection as the service would', () => {
    expect(actionOf({ status: 503, reset: 'beforeHead' })).toMatchObject({
      kind: 'fail',
      code: 'upstream-reset',
    });
  });
});
