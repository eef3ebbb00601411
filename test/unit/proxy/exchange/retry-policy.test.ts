import { describe, expect, it } from 'vitest';
import type { RetryOn } from '../../../../src-main/proxy/config.ts';
import type { FailureCode } from '../../../../src-main/proxy/failures.ts';
import { backOff, isRetriable } from '../../../../src-main/proxy/exchange/retry-policy.ts';
import type { RetryCauses } from '../../../../src-main/proxy/exchange/retry-policy.ts';

const by = (on: RetryOn, ...statusCodes: number[]): RetryCauses => ({
  on: new Set([on]),
  statusCodes,
});
const PLAIN = { grpcStatus: -1, isRateLimited: false };

describe('what is worth another try', () => {
  it.each<[RetryOn, number, boolean]>([
    ['cancelled', 1, true],
    ['deadline-exceeded', 4, true],
    ['resource-exhausted', 8, true],
    ['internal', 13, true],
    ['unavailable', 14, true],
    ['unavailable', 13, false],
    ['5xx', 14, false],
  ])('by %s, gRPC status %i: %s', (on, grpcStatus, worth) => {
    expect(isRetriable(by(on), { ...PLAIN, status: 200, grpcStatus })).toBe(worth);
  });

  it('is a status that the policy names', () => {
    const causes = by('retriable-status-codes', 404, 425);
    expect(isRetriable(causes, { ...PLAIN, status: 425 })).toBe(true);
    expect(isRetriable(causes, { ...PLAIN, status: 429 })).toBe(false);
    expect(isRetriable(by('5xx', 404), { ...PLAIN, status: 404 })).toBe(false);
  });

  it('is no answer of a rate limit, unless that is asked for', () => {
    const limited = { status: 503, grpcStatus: -1, isRateLimited: true };
    expect(isRetriable(by('5xx'), limited)).toBe(false);
    expect(isRetriable(by('envoy-ratelimited'), limited)).toBe(true);
    expect(isRetriable(by('envoy-ratelimited'), { ...limited, isRateLimited: false })).toBe(false);
  });

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
    expect(isRetriable(by(on), { status, ...PLAIN })).toBe(worth);
  });

  it.each<[RetryOn, FailureCode, boolean]>([
    ['5xx', 'upstream-reset', true],
    ['gateway-error', 'upstream-reset', true],
    ['reset', 'upstream-reset', true],
    ['reset', 'per-try-timeout', true],
    ['connect-failure', 'upstream-reset', false],
    ['connect-failure', 'connect-failure', true],
    ['connect-failure', 'identity-mismatch', true],
    ['reset-before-request', 'connect-failure', true],
    ['reset-before-request', 'upstream-reset', false],
    ['reset', 'connect-failure', false],
    ['5xx', 'no-endpoint', false],
    ['5xx', 'overflow', false],
  ])('by %s, failure %s: %s', (on, failure, worth) => {
    expect(isRetriable(by(on), { failure })).toBe(worth);
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
