import { describe, expect, it } from 'vitest';
import { traceView } from '../../../../src-main/api/contract/index.ts';
import { HopFlag } from '../../../../src-main/proxy/hop.ts';
import { viewTrace } from '../../../../src-main/telemetry/traces/view.ts';
import { hop } from '../../../support/hops.ts';

describe('a trace as the waterfall draws it', () => {
  it('spans from its first hop to its last end', () => {
    const view = viewTrace('t', [hop({ start: 100, duration: 50 }), hop({ start: 90 })]);
    expect(view).toMatchObject({ traceId: 't', start: 90, duration: 60 });
  });

  it('gives the proxy what no step claims', () => {
    const timing = { injected: 300, queue: 1, connect: 2, tls: 3, upstream: 4 };
    const view = viewTrace('t', [hop({ duration: 312, timing })]);
    expect(view.hops[0]?.timing).toEqual({ ...timing, proxy: 2 });
  });

  it('never gives the proxy less than nothing', () => {
    const timing = { injected: 0, queue: 0, connect: 0, tls: 0, upstream: 10.01 };
    expect(viewTrace('t', [hop({ duration: 10, timing })]).hops[0]?.timing.proxy).toBe(0);
  });

  it('names flags and faults', () => {
    const flags = HopFlag.MTLS | HopFlag.DELAY_INJECTED;
    const view = viewTrace('t', [hop({ flags, faults: 'a,b' }), hop({ flags: 0 })]);
    expect(view.hops.map((one) => [one.flags, one.faults])).toEqual([
      [
        ['DELAY_INJECTED', 'MTLS'],
        ['a', 'b'],
      ],
      [[], []],
    ]);
  });

  it('is what the contract promises', () => {
    const view = viewTrace('t', [hop({ duration: 0 })]);
    expect(traceView.strict().parse(view)).toEqual(view);
  });
});
