import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import type { FaultConfig } from '../../../../src-main/proxy/config/fault.ts';
import { FaultWatch } from '../../../../src-main/proxy/router/fault-watch.ts';
import { compileRoutes } from '../../../../src-main/proxy/router/route.ts';
import type { Route } from '../../../../src-main/proxy/router/route.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

function watching() {
  const clock = new FakeClock(1000);
  const told: string[] = [];
  const watch = new FaultWatch(clock, (began) => {
    const names = [...began].map(
      ([route, filters]) => `${route}: ${filters.map(({ name }) => name).join()}`,
    );
    told.push(`${clock.wall()} ${names.join(' ')}`.trim());
  });
  const place = { clock, chance: seededChance(1), node: 'n', nodeVersion: 'v1' };
  let routes: Route[] = [];
  const push = (...faults: Partial<FaultConfig>[]): void => {
    const config = {
      name: 'r',
      match: {},
      overrides: [],
      split: [{ cluster: 'c', weight: 1 }],
      timeout: 0,
      faults: faults.map((one) => ({
        name: 'f',
        match: {},
        random: false,
        abort: { status: 500, percentage: 100 },
        ...one,
      })),
    };
    routes = compileRoutes([config], routes, place);
    watch.update(routes);
  };
  return { clock, told, watch, push };
}

describe('the watch over faults', () => {
  it('tells what came and that something went, and nothing where all is as it was', () => {
    const { told, push, clock } = watching();
    push();
    expect(told).toEqual([]);
    push({ name: 'a' });
    push({ name: 'a' });
    push({ name: 'a' }, { name: 'b' });
    push({ name: 'b' });
    expect(told).toEqual(['1000 r: a', '1000 r: b', '1000']);
    expect(clock.pending).toBe(0);
  });

  it('tells when the time of one has come and when it is over, with one timer', () => {
    const { told, push, clock } = watching();
    push({ name: 'a', active: { from: 1500, until: 1700 } }, { name: 'b', active: { from: 1600 } });
    expect([told.length, clock.pending]).toEqual([0, 1]);
    clock.advance(10_000);
    expect(told).toEqual(['1500 r: a', '1600 r: b', '1700']);
    expect(clock.pending).toBe(0);
  });

  it('waits for times that are days away, and leaves no timer when it is closed', () => {
    const { told, push, clock, watch } = watching();
    const day = 86_400_000;
    push({ name: 'a', active: { from: 40 * day } });
    clock.advance(39 * day);
    expect(told).toEqual([]);
    clock.advance(day);
    expect(told).toHaveLength(1);
    push({ name: 'a', active: { from: 90 * day } });
    watch.close();
    expect(clock.pending).toBe(0);
  });
});
