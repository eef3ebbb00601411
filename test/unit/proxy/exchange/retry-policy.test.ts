import { describe, expect, it } from 'vitest';
import type { RetryOn } from '../../../../src-main/proxy/config.ts';
import type { FailureCode } from '../../../../src-main/proxy/failures.ts';
import { backOff, isRetriable } from '../../../../src-main/proxy/exchange/retry-policy.ts';

describe('what is worth another try', () => {
  it.each<[RetryOn, number, boolean]>([
    ['5xx', 500, true],
    ['5xx', 404, false],
    ['gateway-error', 503, true],
    ['gateway-error', 500, false],
    ['retriable-4xx', 409, true],
    ['retriable-4xx', 404, false],
    ['connect-failure', 503, false],
    ['reset', 503, false],
  ])('by %s, status %i: %s', (on, status, worth) => {
    expect(isRetriable(new Set([on]), { status, grpcStatus: -1 })).toBe(worth);
  });

  it.each<[RetryOn, FailureCode, boolean]>([
    ['5xx', 'upstream-reset', true],
    ['gateway-error', 'upstream-reset', true],
    ['reset', 'upstream-reset', true],
    ['reset', 'per-try-timeout', true],
    ['connect-failure', 'upstream-reset', false],
    ['connect-failure', 'connect-failure', true],
    ['connect-failure', 'identity-mismatch', true],
    ['reset', 'connect-failure', false],
    ['5xx', 'no-endpoint', false],
    ['5xx', 'overflow', false],
  ])('by %s, failure %s: %s', (on, failure, worth) => {
    expect(isRetriable(new Set([on]), { failure })).toBe(worth);
  });
});

describe('the back-off', () => {
  it('doubles, has full jitter and a ceiling', () => {
    const config = { base: 25, max: 250 };
    const half = { next: () => 0.5 };
    expect([1, 2, 3, 4, 9].map((retry) => backOff(config, retry, half))).toEqual([
      12.5, 37.5, 87.5, 125, 125,
    ]);
    expect(backOff(config, 3, { next: () => 0 })).toBe(0);
  });
});
