import { describe, expect, it } from 'vitest';
import {
  KEPT,
  pushRates,
  sparkline,
} from '../../../../src-renderer/topology/model/rate-history.ts';
import { bestMatch, fitsSearch } from '../../../../src-renderer/topology/model/search.ts';
import { edge } from '../../../support/edge.ts';
import { realErrors, totalOf } from '../../../../src-renderer/topology/model/totals.ts';

describe('what a card shows of the last minute', () => {
  it('adds up what arrives, and at the gateway what it takes in', () => {
    const edges = [edge('gateway', 'a'), edge('a', 'c', { rate: 1 }), edge('b', 'c', { rate: 2 })];
    expect(pushRates({ c: [7] }, ['gateway', 'a', 'b', 'c'], edges)).toEqual({
      gateway: [10],
      a: [10],
      b: [0],
      c: [7, 3],
    });
  });

  it('is bounded, and forgets services that are gone', () => {
    let history = {};
    for (let i = 0; i < 2 * KEPT; i++) history = pushRates(history, ['a'], []);
    expect(history).toEqual({ a: Array.from({ length: KEPT }, () => 0) });
    expect(pushRates(history, [], [])).toEqual({});
  });

  it('is a line from zero, with the newest at the right', () => {
    expect(sparkline([5], 48, 14)).toBe('');
    expect(sparkline([0, 5, 10], KEPT - 1, 10)).toBe(
      `M${KEPT - 3}.0 10.0L${KEPT - 2}.0 5.0L${KEPT - 1}.0 0.0`,
    );
    expect(sparkline([0, 0], 48, 14)).not.toContain('NaN');
  });
});

describe('figures of several edges', () => {
  it('weigh shares by rates, and tell real errors from injected ones', () => {
    const edges = [
      edge('a', 'c', { rate: 30, errorShare: 0.5, injectedErrorShare: 0.5, injectedShare: 0.5 }),
      edge('b', 'c', { rate: 10, errorShare: 0.4, injectedShare: 1, p95: 90 }),
    ];
    const total = totalOf(edges);
    expect(total.rate).toBe(40);
    expect(total.errorShare).toBeCloseTo(0.475);
    expect(total.realErrorShare).toBeCloseTo(0.1);
    expect(total.p95).toBe(90);
    expect(realErrors(edge('a', 'b', { errorShare: 0.2, injectedShare: 0.9 }))).toBe(0.2);
  });
});

describe('the search', () => {
  it('lets everything through while nothing is typed', () => {
    expect(fitsSearch('  ', 'cart')).toBe(true);
    expect(bestMatch(' ', ['cart'])).toBeUndefined();
  });

  it('goes to the nearest name', () => {
    expect(bestMatch('CA', ['catalog', 'cart', 'users'])).toBe('cart');
    expect(bestMatch('x', ['cart'])).toBeUndefined();
  });
});
