import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../src-main/api/contract/index.ts';
import type { Series } from '../../../src-main/api/contract/index.ts';
import { fits } from '../../../src-renderer/app/keyboard-fits.ts';
import { lastOf, mergeSeries } from '../../../src-renderer/overview/merge-series.ts';
import { hopView as hop } from '../../support/hop-view.ts';
import { requestOf } from '../../support/request.ts';
import { marksOf } from '../../../src-renderer/traffic/hop-marks.ts';
import { ticksOf } from '../../../src-renderer/traffic/waterfall-axis.ts';
import { statusName, statusText } from '../../../src-renderer/traffic/status.ts';
import { edgesOf, waterfallRows } from '../../../src-renderer/traffic/waterfall-model.ts';

const request = requestOf({
  method: 'POST',
  path: '/api/checkout',
  status: 503,
  failed: true,
  failedInside: true,
});

it('a connection of bytes has no status and has not failed for that', () => {
  const connection = { ...request, status: 0, failed: false, failedInside: false };
  expect(parseFilter('failed').fits(connection)).toBe(false);
  expect(statusText(connection)).toBe('–');
});

it('a call of gRPC shows its own status, not the 200 of HTTP', () => {
  const call = { ...request, status: 200, grpcStatus: 14 };
  expect(statusText(call)).toBe('g14');
  expect(statusName(call)).toBe('gRPC 14 UNAVAILABLE');
  expect([statusText(request), statusName(request)]).toEqual(['503', '']);
});

describe('a waterfall', () => {
  const trace = {
    traceId: 't',
    start: 100,
    duration: 100,
    hops: [hop('1', '', 100, 100), hop('2', '1', 120, 50, 20), hop('3', 'lost', 150, 10)],
  };

  it('knows the edges of its path, each once', () => {
    expect(edgesOf(trace)).toEqual(['a->b']);
  });

  it('nests hops under their callers, and keeps those whose caller is unknown', () => {
    expect(waterfallRows(trace).map(({ hop: { spanId }, depth }) => [spanId, depth])).toEqual([
      ['1', 0],
      ['2', 1],
      ['3', 0],
    ]);
  });

  it('shows where the time of each went, one after the other', () => {
    const [, row] = waterfallRows(trace);
    expect(row?.segments).toEqual([
      { kind: 'injected', from: 0.2, width: 0.2 },
      { kind: 'upstream', from: 0.4, width: 0.3 },
    ]);
  });
});

describe('a shortcut', () => {
  const press = (key: string, part: object = {}): Parameters<typeof fits>[1] => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...part,
  });

  it('is Ctrl here and Cmd on a Mac', () => {
    expect(fits('mod+k', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(fits('mod+k', press('k', { metaKey: true }), true)).toBe(true);
    expect(fits('mod+k', press('k', { ctrlKey: true }), true)).toBe(false);
  });

  it('with Shift is another one than without', () => {
    expect(fits('mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(fits('mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  });

  it('of one key does not care how the key is reached', () => {
    expect(fits('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(fits('f', press('f', { ctrlKey: true }), false)).toBe(false);
  });
});

describe('the marks of a hop', () => {
  it('are its faults, and flags that nothing else shows', () => {
    const flags = ['MTLS', 'ABORT_INJECTED', 'RETRIED', 'CONNECT_FAILURE'];
    expect(marksOf({ ...hop('1', '', 0, 1), faults: ['slow'], flags })).toEqual([
      { kind: 'fault', text: 'slow' },
      { kind: 'trouble', text: 'retried' },
      { kind: 'trouble', text: 'connect failure' },
    ]);
  });

  it('say which of the tries beside each other has won', () => {
    const marks = (...flags: string[]) =>
      marksOf({ ...hop('1', '', 0, 1), flags }).map(({ text }) => text);
    expect(marks('HEDGED', 'RETRY')).toEqual(['hedge won']);
    expect(marks('HEDGED', 'HEDGE_LOST')).toEqual(['hedge lost']);
    expect(marks('HEDGED', 'RETRIED')).toEqual(['retried']);
    expect(marks('RETRY')).toEqual([]);
  });
});

describe('the time axis of a waterfall', () => {
  it.each([
    [0, [0]],
    [19.5, [0, 5, 10, 15]],
    [100, [0, 20, 40, 60, 80, 100]],
    [1340, [0, 500, 1000]],
  ])('of %d ms has round marks', (duration, ticks) => {
    expect(ticksOf(duration)).toEqual(ticks);
  });
});

describe('several series as one', () => {
  const flat = (at: number[], value: number): Series => {
    const row = at.map(() => value);
    return { at, rate: row, errors: row, injected: row, p50: row, p95: row, p99: row };
  };

  it('adds counts and keeps the worst percentile, second by second', () => {
    const merged = mergeSeries([flat([10, 11], 1), flat([11, 12], 5)]);
    expect(merged.at).toEqual([10, 11, 12]);
    expect(merged.rate).toEqual([1, 6, 5]);
    expect(merged.p95).toEqual([1, 5, 5]);
    expect(lastOf(merged, 2).rate).toEqual([6, 5]);
    expect(mergeSeries([]).at).toEqual([]);
  });
});
