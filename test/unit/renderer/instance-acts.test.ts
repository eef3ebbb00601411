import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src-renderer/policies/rules.ts';
import { faultFor, pausesOf } from '../../../src-renderer/services/instance-acts.ts';

const INSTANCE = { id: 'payments-v1-12', service: 'payments', version: 'v1' };
const NOW = new Date('2026-11-21T09:30:00Z');

describe('what is done to an instance by hand', () => {
  it('is a fault of the document for just this one', () => {
    expect(faultFor('pause', INSTANCE, NOW)).toEqual({
      name: 'pause-payments-v1-12',
      service: 'payments',
      version: 'v1',
      index: 12,
      action: 'pause',
    });
  });

  it('is over soon where it is done once', () => {
    expect(faultFor('kill', INSTANCE, NOW)['expires']).toBe('2026-11-21T09:30:10.000Z');
  });

  it('can be taken back where a fault pauses just this one', () => {
    const rule = (value: Record<string, string | number | object>, enabled = true): Rule =>
      ({ kind: 'instanceFault', place: [], value, enabled }) as unknown as Rule;
    const pause = faultFor('pause', INSTANCE, NOW);
    const rules = [
      rule({ ...pause, name: 'by-hand' }),
      rule(pause, false),
      rule({ ...pause, index: 1 }),
      rule({ ...pause, schedule: { every: '1m', duration: '5s' } }),
    ];
    expect(pausesOf(rules, INSTANCE)).toEqual([rules[0]]);
  });
});
