import { describe, expect, it } from 'vitest';
import type { EdgeState, Written } from '../../../../src-main/api/contract/index.ts';
import type { Subject } from '../../../../src-renderer/policies/control.ts';
import { previewOf, rateOf, warningsOf } from '../../../../src-renderer/policies/preview.ts';

const SUBJECT: Subject = {
  to: 'payments',
  timeout: 2000,
  choices: {
    services: [],
    versions: [],
    callers: [],
    everyCaller: [],
    callerVersions: [],
    instances: [],
    routes: [],
    methods: [],
  },
};

const fault = (part: Record<string, Written>): Written => ({ name: 'f', to: 'payments', ...part });

describe('the preview of a rule', () => {
  it('says how many requests a second a fault is about', () => {
    const value = fault({ from: 'orders', delay: { duration: '300ms', percentage: 3 } });
    expect(previewOf('fault', value, SUBJECT, 40)).toEqual([
      '3 % of orders → payments, now about 1.2 requests/s, wait 300ms longer.',
    ]);
  });

  it('says "at most" where nobody has counted, and a sentence for each effect', () => {
    const value = fault({
      match: { path: '/charge' },
      delay: { duration: { uniform: { min: '0ms', max: '1s' } } },
      abort: { reset: 'midBody', percentage: 50 },
    });
    expect(previewOf('fault', value, SUBJECT, 10)).toEqual([
      '100 % of all calls to payments, now at most 10.0 requests/s, wait a uniform time of 0ms to 1s longer.',
      '50 % of all calls to payments, now at most 5.0 requests/s, have their connection reset in the middle of their answer.',
    ]);
  });

  it('says what is done to an instance', () => {
    const value = { name: 'k', service: 'payments', version: 'v1', index: 0, action: 'throttle' };
    expect(previewOf('instanceFault', value, SUBJECT, 0)).toEqual([
      'Instance 0 of payments v1 is allowed to run for 20 % of the time.',
    ]);
  });

  it('warns of a delay that the timeout does not outlast', () => {
    const warned = (duration: string): string[] =>
      warningsOf('fault', fault({ delay: { duration } }), SUBJECT);
    expect(warned('1.9s')).toEqual([]);
    expect(warned('3s')).toEqual([
      'Calls to payments time out after 2s: held back this long, they fail with 504.',
    ]);
    expect(warned('soon')).toEqual([]);
  });

  it('warns of tries that the timeout ends, and of an allow that denies all others', () => {
    const retry = { attempts: 3, perTryTimeout: '1s' };
    expect(warningsOf('retry', retry, SUBJECT)[0]).toMatch(/timeout of 2s/);
    const allow = { name: 'a', service: 'payments', from: { services: ['orders'] } };
    expect(warningsOf('authorization', allow, SUBJECT)[0]).toMatch(/denied with 403/);
    expect(warningsOf('authorization', { ...allow, dryRun: true }, SUBJECT)).toEqual([]);
  });

  it('counts the calls of one caller, or of all', () => {
    const edge = (from: string, rate: number): EdgeState =>
      ({ from, to: 'payments', rate }) as EdgeState;
    const edges = { a: edge('orders', 3), b: edge('web', 4), c: { ...edge('x', 9), to: 'y' } };
    expect(rateOf(edges, 'payments', 'orders')).toBe(3);
    expect(rateOf(edges, 'payments', undefined)).toBe(7);
  });
});
