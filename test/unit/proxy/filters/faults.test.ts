import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../src-main/base/chance.ts';
import type { FaultConfig } from '../../../../src-main/proxy/config.ts';
import { createFaultFilters } from '../../../../src-main/proxy/filters/http/catalogue.ts';
import { compileRoutes } from '../../../../src-main/proxy/router/route.ts';
import type { RequestView } from '../../../../src-main/proxy/router/match.ts';

const request: RequestView = { method: 'GET', path: '/a', host: 'h', names: [], values: [] };
const fault = (part: Partial<FaultConfig>): FaultConfig => ({
  name: 'f',
  match: {},
  random: false,
  ...part,
});

function actions(faults: FaultConfig[], calls: number): string[][] {
  const filters = createFaultFilters(faults, seededChance(1));
  return Array.from({ length: calls }, () =>
    filters.flatMap((filter) => filter.apply(request)?.kind ?? []),
  );
}

describe('faults', () => {
  it('act on exactly their share, each drawing for itself', () => {
    const both = actions(
      [
        fault({ delay: { duration: 5, percentage: 50 } }),
        fault({ abort: { status: 500, percentage: 10 } }),
      ],
      1000,
    );
    expect(both.filter((kinds) => kinds.includes('delay'))).toHaveLength(500);
    expect(both.filter((kinds) => kinds.includes('respond'))).toHaveLength(100);
  });

  it('delay before they abort', () => {
    const one = fault({
      abort: { status: 500, percentage: 100 },
      delay: { duration: 5, percentage: 100 },
    });
    expect(actions([one], 1)).toEqual([['delay', 'respond']]);
  });

  it('leave requests alone that do not match', () => {
    expect(
      actions(
        [fault({ match: { pathPrefix: '/b' }, abort: { status: 500, percentage: 100 } })],
        3,
      ).flat(),
    ).toEqual([]);
  });

  it('toss a coin where that is asked for', () => {
    const hits = actions(
      [fault({ random: true, abort: { status: 500, percentage: 30 } })],
      2000,
    ).flat().length;
    expect(hits).not.toBe(600);
    expect(hits / 2000).toBeCloseTo(0.3, 1);
  });

  it('go on counting where they were when something else is pushed', () => {
    const config = {
      name: 'r',
      match: {},
      overrides: [],
      split: [{ cluster: 'a', weight: 1 }],
      timeout: 0,
      faults: [fault({ abort: { status: 500, percentage: 25 } })],
    };
    let routes = compileRoutes([config], [], seededChance(1));
    let hits = 0;
    for (let i = 0; i < 100; i++) {
      if (routes[0]?.tryFilters[0]?.apply(request)) hits++;
      // A push between any two requests.
      routes = compileRoutes([{ ...config, timeout: i }], routes, seededChance(1));
    }
    expect(hits).toBe(25);
  });
});
