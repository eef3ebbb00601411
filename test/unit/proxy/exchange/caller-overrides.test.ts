import { describe, expect, it } from 'vitest';
import { overridden } from '../../../../src-main/proxy/exchange/caller-overrides.ts';
import { tryPolicy } from '../../../../src-main/proxy/router/try-policy.ts';

const POLICY = tryPolicy(
  1000,
  { attempts: 1, perTryTimeout: 100, on: ['reset'], backOff: { base: 5, max: 50 } },
  undefined,
);
const NONE = tryPolicy(0, undefined, undefined);

function asked(headers: Record<string, string>, policy = POLICY): typeof POLICY {
  return overridden(policy, { names: Object.keys(headers), values: Object.values(headers) });
}

describe("a caller's headers", () => {
  it('change nothing where there are none', () => {
    expect(asked({ 'x-request-id': '1' })).toBe(POLICY);
  });

  it('say how long a request and each of its tries may take', () => {
    const policy = asked({
      'x-envoy-upstream-rq-timeout-ms': '500',
      'x-envoy-upstream-rq-per-try-timeout-ms': '50',
    });
    expect([policy.timeout, policy.retry?.perTryTimeout]).toEqual([500, 50]);
    expect(policy.limits).toEqual({ timeout: 50, idleTimeout: 0 });
  });

  it('take a time for each away that is not below the one for all', () => {
    expect(asked({ 'x-envoy-upstream-rq-timeout-ms': '80' }).limits).toBeUndefined();
    expect(asked({ 'x-envoy-upstream-rq-timeout-ms': '0' })).toMatchObject({
      timeout: 0,
      limits: { timeout: 100 },
    });
  });

  it('say how often and for what it is tried, besides what the policy says', () => {
    const { retry, causes } = asked({
      'x-envoy-max-retries': '3',
      'x-envoy-retry-on': '5xx, retriable-status-codes,nonsense',
      'x-envoy-retry-grpc-on': 'unavailable',
      'x-envoy-retriable-status-codes': '425,429',
    });
    expect(retry?.attempts).toBe(3);
    expect([...causes.on]).toEqual(['reset', '5xx', 'retriable-status-codes', 'unavailable']);
    expect(causes.statusCodes).toEqual([425, 429]);
  });

  it('ask for one retry of a route that has none, where they say what for', () => {
    expect(asked({ 'x-envoy-retry-on': '5xx' }, NONE)).toMatchObject({
      retains: true,
      retry: { attempts: 1, backOff: { base: 25, max: 250 } },
    });
    expect(asked({ 'x-envoy-max-retries': '3' }, NONE).retry).toBeUndefined();
  });

  it('switch hedging on and off', () => {
    const on = asked({ 'x-envoy-hedge-on-per-try-timeout': 'true' });
    expect(on.hedge).toEqual({ attempts: 1, onPerTryTimeout: true });
    const off = asked({ 'x-envoy-hedge-on-per-try-timeout': 'false' }, on);
    expect(off.hedge?.onPerTryTimeout).toBe(false);
  });

  it('are ignored where they make no sense, and bounded where they are too large', () => {
    expect(asked({ 'x-envoy-max-retries': '-1' }).retry?.attempts).toBe(1);
    expect(asked({ 'x-envoy-max-retries': '1000000' }).retry?.attempts).toBe(20);
    expect(asked({ 'x-envoy-upstream-rq-timeout-ms': 'soon' }).timeout).toBe(1000);
    expect(asked({ 'x-envoy-upstream-rq-timeout-ms': '99999999999' }).timeout).toBe(86_400_000);
  });
});
