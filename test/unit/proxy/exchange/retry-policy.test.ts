import { describe, expect, it } from 'vitest';
import type { RetryOn } from '../../../../src-main/proxy/config/retry.ts';
import type { FailureCode } from '../../../../src-main/proxy/failures.ts';
import {
  backOff,
  compileCauses,
  isRetriable,
  rateLimitedBackOff,
} from '../../../../src-main/proxy/exchange/retry-policy.ts';
import type { RetryCauses } from '../../../../src-main/proxy/exchange/retry-policy.ts';

const by = (on: RetryOn, ...statusCodes: number[]): RetryCauses => ({
  on: new Set([on]),
  statusCodes,
  headers: [],
});
const PLAIN = { grpcStatus: -1, fields: { names: [], values: [] } };

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
    const fields = { names: ['x-envoy-ratelimited'], values: ['true'] };
    const limited = { status: 503, grpcStatus: -1, fields };
    expect(isRetriable(by('5xx'), limited)).toBe(false);
    expect(isRetriable(by('envoy-ratelimited'), limited)).toBe(true);
    expect(isRetriable(by('envoy-ratelimited'), { ...PLAIN, status: 503 })).toBe(false);
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
    ['gateway-error', 'per-try-idle-timeout', true],
    ['5xx', 'stream-idle', false],
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

describe('a header of the answer', () => {
  const causes = compileCauses({
    on: ['retriable-headers'],
    headers: [
      { of: 'header', name: 'x-again', by: 'exact', values: ['yes'] },
      { of: 'header', name: 'x-busy', by: 'present', values: [] },
    ],
  });
  const answer = (name: string, value: string): boolean =>
    isRetriable(causes, { ...PLAIN, status: 200, fields: { names: [name], values: [value] } });

  it('may ask for another try, whatever the status', () => {
    expect(answer('x-again', 'yes')).toBe(true);
    expect(answer('x-busy', 'very')).toBe(true);
    expect(answer('x-again', 'no')).toBe(false);
  });

  it('counts only where the policy names the word', () => {
    const fields = { names: ['x-busy'], values: ['1'] };
    const other = { ...causes, on: new Set<RetryOn>(['reset']) };
    expect(isRetriable(other, { ...PLAIN, status: 200, fields })).toBe(false);
  });
});

describe('the back-off that an answer asks for', () => {
  const config = {
    resetHeaders: [
      { name: 'retry-after', format: 'seconds' as const },
      { name: 'x-ratelimit-reset', format: 'unixTimestamp' as const },
    ],
    max: 60_000,
  };
  const wait = (fields: Record<string, string>, chance = 0): number | undefined =>
    rateLimitedBackOff(
      config,
      { names: Object.keys(fields), values: Object.values(fields) },
      1_000_000,
      { next: () => chance },
    );

  it('is what the first header says that can be believed, and up to half of it more', () => {
    expect(wait({ 'retry-after': '2' })).toBe(2000);
    expect(wait({ 'retry-after': '2' }, 1)).toBe(3000);
    expect(wait({ 'x-ratelimit-reset': '1005' })).toBe(5000);
    // Longer than the policy allows: the next one counts.
    expect(wait({ 'retry-after': '61', 'x-ratelimit-reset': '1001' })).toBe(1000);
  });

  it('is none where it lies in the past or is no number', () => {
    expect(wait({ 'x-ratelimit-reset': '999' })).toBeUndefined();
    expect(wait({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' })).toBeUndefined();
    expect(wait({})).toBeUndefined();
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
