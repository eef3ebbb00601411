import { describe, expect, it } from 'vitest';
import {
  newCapture,
  sayProgress,
  sayScope,
  scopeOf,
} from '../../../../src-renderer/traffic/capture/begin.ts';
import { sayRule } from '../../../../src-renderer/policies/describe.ts';
import { captureRules, capturesOf } from '../../../../src-renderer/policies/rules.ts';

describe('a capture', () => {
  it('is for what is selected, or for what comes from outside', () => {
    const edge = scopeOf({ kind: 'edge', from: 'orders', to: 'payments' });
    expect([edge, sayScope(edge)]).toEqual([
      { from: 'orders', to: 'payments' },
      'orders → payments',
    ]);
    expect(sayScope(scopeOf({ kind: 'service', name: 'users' }))).toBe('everything to users');
    expect(sayScope(scopeOf({ kind: 'none' }))).toBe('everything at the gateway');
  });

  it('gets a name that nobody has', () => {
    expect(newCapture({ from: 'gateway' }, ['gateway'])).toEqual({
      name: 'gateway-2',
      from: 'gateway',
      requests: 50,
    });
  });

  it('tells how far it has come, and what was lost', () => {
    const progress = { name: 'c', count: 12, isSpent: false, lost: 0 };
    expect(sayProgress(50, progress)).toBe('12 of 50');
    expect(sayProgress(12, { ...progress, isSpent: true })).toBe('12 of 12, done');
    expect(sayProgress(undefined, { ...progress, lost: 3 })).toMatch(/^12 so far, 3 lost/);
    expect(sayProgress(50, undefined)).toBe('switched off');
  });

  it('belongs to every edge that it takes requests of', () => {
    const content = {
      capture: [
        { name: 'all', masked: false },
        { name: 'in', from: 'gateway', requests: 5, match: { method: 'POST' } },
        { name: 'pay', from: 'orders', to: 'payments', enabled: false, percentage: 10 },
      ],
    };
    const names = (to: string, from?: string): unknown[] =>
      capturesOf(content, to, from).map(({ name }) => name);
    expect(names('payments', 'orders')).toEqual(['all', 'pay']);
    expect(names('web', 'gateway')).toEqual(['all', 'in']);
    expect(names('payments')).toEqual(['all', 'in', 'pay']);
    expect(captureRules(content).map((rule) => sayRule(rule))).toEqual([
      'all requests, all → all, secrets kept',
      '5 requests, gateway → all, POST',
      '10 % of all requests, orders → payments',
    ]);
  });
});
