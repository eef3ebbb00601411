import { describe, expect, it } from 'vitest';
import { nearest, suggestion } from '../../../../src-main/spec/document/nearest.ts';

const TRAFFIC = [
  ...['split', 'overrides', 'timeout', 'retry', 'rewrite', 'redirect', 'directResponse'],
  ...['requestHeaders', 'responseHeaders', 'routes', 'loadBalancing', 'connectionPool'],
  ...['circuitBreaker', 'outlierDetection', 'healthCheck'],
];

describe('the word that was meant', () => {
  it.each([
    ['rety', 'retry'],
    ['retries', 'retry'],
    ['retryPolicy', 'retry'],
    ['Timeouts', 'timeout'],
    ['outlier', 'outlierDetection'],
    ['circuit_breakers', 'circuitBreaker'],
    ['health', 'healthCheck'],
    ['requestheader', 'requestHeaders'],
  ])('%s is taken for %s', (written, meant) => {
    expect(nearest(written, TRAFFIC)).toBe(meant);
  });

  it.each(['faults', 're', 'lb', 'x', 'roundRobin', 'constructor'])(
    '%s is like none',
    (written) => {
      expect(nearest(written, TRAFFIC)).toBeUndefined();
    },
  );

  it('is the one that is spelt most alike, before one that begins alike', () => {
    expect(nearest('order', ['order-history', 'orders'])).toBe('orders');
    expect(nearest('payment-service', ['payouts', 'payments', 'pay'])).toBe('payments');
  });
});

describe('the advice', () => {
  it('asks whether a near word was meant', () => {
    expect(suggestion('retries', TRAFFIC)).toBe('did you mean "retry"?');
  });

  it('names the choice where no word is near and there are few', () => {
    expect(suggestion('x', ['on', 'off'])).toBe('known here: on, off');
    expect(suggestion('x', TRAFFIC)).toBeUndefined();
  });
});
