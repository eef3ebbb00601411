import { describe, expect, it } from 'vitest';
import {
  CircuitBreaker,
  NO_CIRCUIT_BREAKER,
} from '../../../../src-main/proxy/cluster/circuit-breaker.ts';
import type { EndpointPool } from '../../../../src-main/proxy/cluster/endpoint-pool.ts';
import type { RetryConfig } from '../../../../src-main/proxy/config/retry.ts';
import { RequestBody } from '../../../../src-main/proxy/exchange/request-body.ts';
import { RetryState } from '../../../../src-main/proxy/exchange/retry-state.ts';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';
import { tryPolicy } from '../../../../src-main/proxy/router/try-policy.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const RETRY: RetryConfig = {
  attempts: 2,
  perTryTimeout: 0,
  on: ['5xx'],
  backOff: { base: 20, max: 200 },
};
const BROKEN = { status: 503, grpcStatus: -1, fields: { names: [], values: [] } };
const reckoning = { clock: new FakeClock(), chance: { next: () => 0.5 } };

function state(
  retry: Partial<RetryConfig> = {},
  { body = new RequestBody(true, 100), breaker = new CircuitBreaker() } = {},
): RetryState {
  return new RetryState(tryPolicy(0, { ...RETRY, ...retry }, undefined), body, breaker);
}

describe('the state of retries', () => {
  it('allows as many as the policy does, then says that they are exhausted', () => {
    const retries = state();
    expect(retries.next(BROKEN, reckoning)).toBe(10);
    expect(retries.next(BROKEN, reckoning)).toBe(30);
    expect(retries.refusalFlags).toBe(0);
    expect(retries.next(BROKEN, reckoning)).toBeUndefined();
    expect(retries.refusalFlags).toBe(HopFlag.RETRY_LIMIT);
  });

  it('says nothing of what was not worth another try', () => {
    const retries = state({ attempts: 1 });
    retries.next(BROKEN, reckoning);
    expect(retries.next({ ...BROKEN, status: 200 }, reckoning)).toBeUndefined();
    expect(retries.refusalFlags).toBe(0);
  });

  it('says so where the body was too large to be kept', () => {
    const body = new RequestBody(true, 100);
    body.push(Buffer.alloc(200));
    body.at(0);
    body.at(1);
    const retries = state({}, { body });
    expect(retries.next(BROKEN, reckoning)).toBeUndefined();
    expect(retries.refusalFlags).toBe(HopFlag.RETRY_ABANDONED);
  });

  it('waits as long as an answer asks for, where the policy believes it', () => {
    const resetHeaders = [{ name: 'retry-after', format: 'seconds' as const }];
    const retries = state({ rateLimitedBackOff: { resetHeaders, max: 10_000 } });
    const fields = { names: ['retry-after'], values: ['2'] };
    expect(retries.next({ ...BROKEN, fields }, reckoning)).toBe(2500);
    expect(retries.next(BROKEN, reckoning)).toBe(30);
  });

  it('leaves out all endpoints that were tried, unless the policy says otherwise', () => {
    const [one, other] = [{} as EndpointPool, {} as EndpointPool];
    const [retries, careless] = [state(), state({ ignorePreviousHosts: false })];
    expect(retries.tried).toBeUndefined();
    for (const some of [retries, careless]) for (const pool of [one, other]) some.noteTried(pool);
    expect([...(retries.tried ?? [])]).toEqual([one, other]);
    expect(careless.tried).toBeUndefined();
  });

  it('counts hedges as retries of the circuit breaker, until the request is over', () => {
    const breaker = new CircuitBreaker();
    breaker.limits = { ...NO_CIRCUIT_BREAKER, maxRetries: 2 };
    const retries = state({}, { breaker });
    expect([retries.mayHedge(false), retries.mayHedge(false)]).toEqual([true, true]);
    expect(retries.mayHedge(false)).toBe(false);
    expect(retries.refusalFlags).toBe(HopFlag.OPEN_CIRCUIT);
    retries.release();
    expect(breaker.retries).toBe(0);
  });

  it("takes hedges that are retries from the policy's number", () => {
    const retries = state({ attempts: 1 });
    expect(retries.mayHedge(true)).toBe(true);
    expect(retries.mayHedge(true)).toBe(false);
    expect(retries.refusalFlags).toBe(HopFlag.RETRY_LIMIT);
    expect(retries.mayHedge(false)).toBe(true);
  });

  it('hedges no request whose body is not kept', () => {
    const retries = state({}, { body: new RequestBody(false, 100) });
    expect(retries.mayHedge(false)).toBe(false);
    expect(retries.refusalFlags).toBe(HopFlag.RETRY_ABANDONED);
  });
});

describe('a retry budget', () => {
  it('is a share of what is under way, and never less than its minimum', () => {
    const breaker = new CircuitBreaker();
    const retryBudget = { budgetPercent: 20, minRetryConcurrency: 3 };
    breaker.limits = { ...NO_CIRCUIT_BREAKER, maxRetries: 0, retryBudget };
    const most = (): number => {
      let count = 0;
      for (breaker.retries = 0; breaker.mayRetry && count < 1000; count++) breaker.retries++;
      return count;
    };
    expect(most()).toBe(3);
    breaker.requests = 19;
    expect(most()).toBe(3);
    breaker.pending = 6;
    expect(most()).toBe(5);
    breaker.requests = 100;
    expect(most()).toBe(21);
  });
});
