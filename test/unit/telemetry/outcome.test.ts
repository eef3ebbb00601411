import { describe, expect, it } from 'vitest';
import { HopFlag } from '../../../src-main/proxy/hop.ts';
import { isFailed, outcomeOf } from '../../../src-main/telemetry/outcome.ts';

describe('the outcome of a hop', () => {
  it.each([
    [{ status: 200, flags: 0, faults: '', grpcStatus: -1 }, 'ok'],
    [{ status: 304, flags: 0, faults: '', grpcStatus: -1 }, 'ok'],
    [{ status: 404, flags: 0, faults: '', grpcStatus: -1 }, 'clientError'],
    [{ status: 500, flags: 0, faults: '', grpcStatus: -1 }, 'failed'],
    [{ status: 0, flags: HopFlag.UPSTREAM_RESET, faults: '', grpcStatus: -1 }, 'failed'],
    [{ status: 503, flags: HopFlag.ABORT_INJECTED, faults: 'broken', grpcStatus: -1 }, 'injected'],
    [{ status: 200, flags: HopFlag.DELAY_INJECTED, faults: 'slow', grpcStatus: -1 }, 'injected'],
    [{ status: 500, flags: HopFlag.DELAY_INJECTED, faults: 'slow', grpcStatus: -1 }, 'failed'],
    [
      {
        status: 504,
        flags: HopFlag.DELAY_INJECTED | HopFlag.TIMEOUT,
        faults: 'slow',
        grpcStatus: -1,
      },
      'injected',
    ],
    [{ status: 200, flags: 0, faults: '', grpcStatus: 0 }, 'ok'],
    [{ status: 200, flags: 0, faults: '', grpcStatus: 5 }, 'clientError'],
    [{ status: 200, flags: HopFlag.GRPC_FAILURE, faults: '', grpcStatus: 14 }, 'failed'],
    [
      {
        status: 504,
        flags: HopFlag.FAULT_INJECTED | HopFlag.TIMEOUT,
        faults: 'mute',
        grpcStatus: -1,
      },
      'injected',
    ],
    [{ status: 503, flags: HopFlag.FAULT_INJECTED, faults: 'narrow', grpcStatus: -1 }, 'failed'],
    [
      {
        status: 504,
        flags: HopFlag.FAULT_INJECTED | HopFlag.IDLE_TIMEOUT,
        faults: 'mute',
        grpcStatus: -1,
      },
      'injected',
    ],
    [{ status: 0, flags: HopFlag.HEDGED | HopFlag.HEDGE_LOST, faults: '', grpcStatus: -1 }, 'ok'],
  ])('of %j is %s', (facts, outcome) => {
    expect(outcomeOf(facts)).toBe(outcome);
  });

  it('is no failure of the callee where the caller went away', () => {
    expect(
      isFailed({ status: 0, flags: HopFlag.DOWNSTREAM_GONE, faults: '', grpcStatus: -1 }),
    ).toBe(false);
    expect(isFailed({ status: 0, flags: 0, faults: '', grpcStatus: -1 })).toBe(true);
  });
});

it('each flag of a hop has a bit of its own', () => {
  const bits = Object.values(HopFlag).map((bit) => bit >>> 0);
  expect(new Set(bits).size).toBe(bits.length);
  for (const bit of bits) expect(Math.log2(bit) % 1).toBe(0);
});
