import { describe, expect, it } from 'vitest';
import { SecondLog } from '../../../../src-main/telemetry/histograms/second-log.ts';
import type { SecondRow } from '../../../../src-main/telemetry/histograms/second-log.ts';

const START = 1_000_000;
const row = (requests: number): SecondRow => ({
  ...{ requests, failed: 1, failedByFault: 0, injected: 0, clientErrors: 0, grpcErrors: 0 },
  ...{ retries: 0, plain: 0, flowOk: requests, flowClientError: 0, flowFailed: 0 },
  ...{ flowInjected: 0, p50: 1.5, p95: 2.5, p99: 3.5 },
});

describe('the log of seconds', () => {
  it('gives back what was put into a second, and the newest of it', () => {
    const log = new SecondLog();
    log.put(START, row(3));
    log.put(START, row(7));
    expect(log.get(START)).toEqual(row(7));
    expect(log.get(START + 1)).toBeUndefined();
  });

  it('keeps every second of fifteen minutes, and nothing of the hour before', () => {
    const log = new SecondLog();
    for (let at = START; at < START + 4000; at++) log.put(at, row(at - START));
    const kept = Array.from({ length: 900 }, (_, i) => log.get(START + 3100 + i)?.requests);
    expect(kept).toEqual(Array.from({ length: 900 }, (_, i) => 3100 + i));
    expect(log.get(START + 400)).toBeUndefined();
  });

  it('finds the first second that has something', () => {
    const log = new SecondLog();
    expect(log.first(START, START + 900)).toBe(START + 900);
    log.put(START + 333, row(1));
    log.put(START + 500, row(1));
    expect(log.first(START, START + 900)).toBe(START + 333);
    expect(log.first(START + 334, START + 900)).toBe(START + 500);
    expect(log.first(START, START + 333)).toBe(START + 333);
  });

  it('forgets what lies ahead of a clock that was set back', () => {
    const log = new SecondLog();
    for (let at = START; at < START + 200; at++) log.put(at, row(1));
    log.forgetAfter(START + 50);
    expect(log.get(START + 50)).toBeDefined();
    expect(log.get(START + 51)).toBeUndefined();
    expect(log.get(START + 199)).toBeUndefined();
  });
});
