import { describe, expect, it } from 'vitest';
import { Channel } from '../../../../src-main/telemetry/histograms/channel.ts';
import type { Observation } from '../../../../src-main/telemetry/histograms/channel.ts';

const START = 1_000_000;

function observe(channel: Channel, second: number, given: Partial<Observation> = {}): void {
  channel.observe({
    second,
    duration: 10,
    outcome: 'ok',
    failed: false,
    failedByFault: false,
    injected: false,
    clientError: false,
    grpcError: false,
    mtls: true,
    ...given,
  });
}

/** `count` requests in each of `seconds` seconds. */
function steady(channel: Channel, count: number, seconds: number, from = START): void {
  for (let at = from; at < from + seconds; at++) {
    for (let i = 0; i < count; i++) observe(channel, at);
  }
}

describe('the live figures', () => {
  it('are those of the last five seconds', () => {
    const channel = new Channel();
    steady(channel, 7, 60);
    expect(channel.figures(START + 60 - 0.001)?.rate).toBeCloseTo(7, 1);
  });

  it('tell failures by a fault from the others', () => {
    const channel = new Channel();
    for (let i = 0; i < 8; i++) observe(channel, START, { injected: true, outcome: 'injected' });
    observe(channel, START, { failed: true, failedByFault: true, injected: true });
    observe(channel, START, { failed: true, injected: true, outcome: 'failed' });
    expect(channel.figures(START + 0.9)).toMatchObject({
      errorShare: 0.2,
      injectedErrorShare: 0.1,
      injectedShare: 1,
    });
  });

  it('give shares, percentiles and retries', () => {
    const channel = new Channel();
    for (let i = 0; i < 98; i++) observe(channel, START);
    observe(channel, START, { failed: true, outcome: 'failed', duration: 500 });
    observe(channel, START, { injected: true, outcome: 'injected', duration: 500 });
    channel.observeRetry(START);
    const figures = channel.figures(START + 0.9);
    expect(figures).toMatchObject({ errorShare: 0.01, injectedShare: 0.01, mtls: true });
    expect(figures?.p50).toBeCloseTo(10, 0);
    expect(figures?.p99).toBeGreaterThan(480);
    expect(figures?.retryRate).toBeCloseTo(1 / 4.9);
  });

  it('count each request into the flow once', () => {
    const channel = new Channel();
    observe(channel, START);
    observe(channel, START, { outcome: 'clientError' });
    const nothing = { ok: 0, clientError: 0, failed: 0, injected: 0 };
    expect(channel.figures(START + 0.25)?.flow).toEqual({ ...nothing, ok: 1, clientError: 1 });
    expect(channel.figures(START + 0.5)?.flow).toEqual(nothing);
  });

  it('do not call an edge encrypted over which one request went in the clear', () => {
    const channel = new Channel();
    observe(channel, START);
    observe(channel, START, { mtls: false });
    expect(channel.figures(START)?.mtls).toBe(false);
    // Once that one is out of the window, it is forgiven.
    observe(channel, START + 5);
    expect(channel.figures(START + 5)?.mtls).toBe(true);
  });

  it('are none where nothing has flowed for five seconds', () => {
    const channel = new Channel();
    observe(channel, START);
    expect(channel.figures(START + 4.9)).toBeDefined();
    expect(channel.figures(START + 5)).toBeUndefined();
  });

  it('are right again soon after the clock was set back', () => {
    const channel = new Channel();
    steady(channel, 7, 1000);
    const back = START - 3600;
    steady(channel, 7, 2, back);
    expect(channel.figures(back + 2 - 0.001)?.rate).toBeCloseTo((7 * 2) / 5, 1);
    steady(channel, 7, 18, back + 2);
    expect(channel.figures(back + 20 - 0.001)?.rate).toBeCloseTo(7, 1);
    expect(channel.series(back + 20).rate).toEqual(Array(20).fill(7));
  });

  it('are right again soon after the clock was set ahead', () => {
    const channel = new Channel();
    steady(channel, 7, 60);
    steady(channel, 7, 20, START + 36_000);
    expect(channel.figures(START + 36_020 - 0.001)?.rate).toBeCloseTo(7, 1);
  });
});

describe('the history', () => {
  it('has a row for each second, those without traffic included', () => {
    const channel = new Channel();
    observe(channel, START);
    observe(channel, START + 3, { failed: true, injected: true });
    expect(channel.series(START + 5)).toMatchObject({
      at: [0, 1, 2, 3, 4].map((i) => START + i),
      rate: [1, 0, 0, 1, 0],
      errors: [0, 0, 0, 1, 0],
      injected: [0, 0, 0, 1, 0],
    });
  });

  it('leaves out the second that has not ended', () => {
    const channel = new Channel();
    observe(channel, START);
    expect(channel.series(START + 0.9).at).toEqual([]);
    expect(channel.series(START + 1).at).toEqual([START]);
  });

  it('counts a late hop into a second that was read already', () => {
    const channel = new Channel();
    observe(channel, START);
    expect(channel.series(START + 1).rate).toEqual([1]);
    observe(channel, START);
    expect(channel.series(START + 1).rate).toEqual([2]);
  });

  it('goes back fifteen minutes and no further', () => {
    const channel = new Channel();
    steady(channel, 1, 2000);
    const { at, rate } = channel.series(START + 2000);
    expect(at).toHaveLength(900);
    expect(at[0]).toBe(START + 1100);
    expect(rate.every((one) => one === 1)).toBe(true);
  });
});
