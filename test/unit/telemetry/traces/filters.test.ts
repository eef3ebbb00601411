import { describe, expect, it } from 'vitest';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';
import type { Hop } from '../../../../src-main/proxy/hop.ts';
import { viewFilters } from '../../../../src-main/telemetry/traces/filters.ts';
import { hop } from '../../../support/hops.ts';

function acting(part: Partial<Hop>): string[] {
  return viewFilters(hop(part))
    .filter(({ acted }) => acted)
    .map(({ kind, name }) => `${kind} ${name}`.trim());
}

describe('the filters of a hop', () => {
  it('are told in their order', () => {
    const filters = 'authorization,rateLimits some,timeout,retry,delay slow,rewrite';
    expect(viewFilters(hop({ filters })).map(({ kind }) => kind)).toEqual([
      ...['authorization', 'rateLimits', 'timeout', 'retry', 'delay', 'rewrite'],
    ]);
    expect(viewFilters(hop({ filters: '' }))).toEqual([]);
  });

  it.each<[string, Partial<Hop>, string[]]>([
    [
      'the fault of that name',
      { filters: 'delay a,abort b', faults: 'a', flags: HopFlag.DELAY_INJECTED },
      ['delay a'],
    ],
    [
      'the kind of a fault of two that has acted',
      { filters: 'delay a,abort a', faults: 'a', flags: HopFlag.DELAY_INJECTED },
      ['delay a'],
    ],
    [
      'both of them',
      { filters: 'delay a,slicer b', faults: 'a,b', flags: 1 },
      ['delay a', 'slicer b'],
    ],
    [
      'the limit that refused',
      { filters: 'rateLimits a,rateLimits b', rule: 'b', flags: HopFlag.RATE_LIMITED },
      ['rateLimits b'],
    ],
    [
      'a denial',
      { filters: 'authorization', rule: 'no-admin', flags: HopFlag.DENIED },
      ['authorization'],
    ],
    ['retries', { filters: 'timeout,retry', flags: HopFlag.RETRIED }, ['retry']],
    ['nothing where nothing did', { filters: 'pathNormalization,retry,abort a,rewrite' }, []],
  ])('have acted by what the hop says: %s', (_, part, acted) => {
    expect(acting(part)).toEqual(acted);
  });
});
