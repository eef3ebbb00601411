import { describe, expect, it } from 'vitest';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { isFailed, outcomeOf } from '../../../src-main/telemetry/outcome.ts';

describe('the outcome of a hop', () => {
  it.each([
    [{ status: 200, flags: 0, faults: '' }, 'ok'],
    [{ status: 304, flags: 0, faults: '' }, 'ok'],
    [{ status: 404, flags: 0, faults: '' }, 'clientError'],
    [{ status: 500, flags: 0, faults: '' }, 'failed'],
    [{ status: 0, flags: HopFlag.UPSTREAM_RESET, faults: '' }, 'failed'],
    [{ status: 503, flags: HopFlag.ABORT_INJECTED, faults: 'broken' }, 'injected'],
    [{ status: 200, flags: HopFlag.DELAY_INJECTED, faults: 'slow' }, 'injected'],
    [{ status: 500, flags: HopFlag.DELAY_INJECTED, faults: 'slow' }, 'failed'],
    [{ status: 504, flags: HopFlag.DELAY_INJECTED | HopFlag.TIMEOUT, faults: 'slow' }, 'injected'],
  ])('of %j is %s', (facts, outcome) => {
    expect(outcomeOf(facts)).toBe(outcome);
  });

  it('is no failure of the callee where the caller went away', () => {
    expect(isFailed({ status: 0, flags: HopFlag.DOWNSTREAM_GONE, faults: '' })).toBe(false);
    expect(isFailed({ status: 0, flags: 0, faults: '' })).toBe(true);
  });
});
