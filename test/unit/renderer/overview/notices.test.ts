import { describe, expect, it } from 'vitest';
import type { EdgeState, EventEntry } from '../../../../src-main/api/contract/index.ts';
import { marksOf } from '../../../../src-renderer/overview/marks.ts';
import {
  circuitNotices,
  NoticeLimiter,
  noticeOf,
} from '../../../../src-renderer/overview/notices/notices.ts';
import type { Notice } from '../../../../src-renderer/overview/notices/notices.ts';
import { fitsFilter, nearestTo } from '../../../../src-renderer/overview/timeline-filter.ts';

const event = (given: Partial<EventEntry>): EventEntry => ({
  id: 1,
  at: 1_000,
  kind: 'instance',
  severity: 'info',
  message: 'orders-v1-0 is ready',
  subject: 'orders-v1-0',
  ...given,
});

describe('noticeOf', () => {
  it.each<[Partial<EventEntry>, string | undefined]>([
    [{}, undefined],
    [{ kind: 'edit', message: 'fault slow set' }, undefined],
    [{ severity: 'error', message: 'orders-v1-0 exited with code 1' }, 'orders-v1-0 is down'],
    [
      { severity: 'warning', message: 'gateway leaves orders-v1-0 out: consecutive-5xx' },
      'orders-v1-0 is left out',
    ],
    [
      {
        kind: 'identity',
        severity: 'warning',
        message: 'a caller was refused at inbound: expired',
      },
      'A certificate was refused',
    ],
    [
      {
        kind: 'identity',
        severity: 'warning',
        message: 'a caller was refused at inbound: expired (perhaps on purpose: stale)',
      },
      undefined,
    ],
    [{ kind: 'problem', severity: 'error', message: 'refused' }, 'The saved document is refused'],
    [{ kind: 'engine', severity: 'info', message: 'certificate renewed' }, undefined],
  ])('of %j', (given, title) => expect(noticeOf(event(given))?.title).toBe(title));
});

describe('circuitNotices', () => {
  const edge = (kinds: string[]): EdgeState =>
    ({ from: 'a', to: 'b', badges: kinds.map((kind) => ({ kind })) }) as unknown as EdgeState;

  it('tell that a circuit breaker has opened, once', () => {
    const [notice] = circuitNotices({ 'a->b': edge([]) }, { 'a->b': edge(['open-circuit']) }, 5);
    expect(notice).toMatchObject({ title: 'Circuit open: a → b', at: 5 });
    const open = { 'a->b': edge(['open-circuit']) };
    expect(circuitNotices(open, open, 5)).toEqual([]);
    expect(circuitNotices({}, { 'a->b': edge(['retry']) }, 5)).toEqual([]);
  });
});

describe('the limiter of notices', () => {
  const notice = (key: string): Notice => ({ key, severity: 'error', title: '', text: '', at: 0 });

  it('tells the same news once a minute', () => {
    const limiter = new NoticeLimiter();
    expect(limiter.takes(notice('a'), 0)).toBe(true);
    expect(limiter.takes(notice('a'), 30_000)).toBe(false);
    expect(limiter.takes(notice('a'), 61_000)).toBe(true);
  });

  it('tells three things of a storm, and goes on after it', () => {
    const limiter = new NoticeLimiter();
    const told = ['a', 'b', 'c', 'd', 'e'].filter((key) => limiter.takes(notice(key), 0));
    expect(told).toEqual(['a', 'b', 'c']);
    expect(limiter.takes(notice('f'), 20_000)).toBe(true);
  });
});

describe('marks', () => {
  const events = [
    event({ id: 1 }),
    event({ id: 2, kind: 'edit', message: 'fault slow set', subject: undefined }),
    event({ id: 3, severity: 'error', subject: 'orders-v1-0', message: 'down' }),
    event({ id: 4, severity: 'warning', subject: 'orders-db-v1-0', message: 'unwell' }),
  ];

  it('are edits and all that went wrong', () => {
    expect(marksOf(events).map(({ id, colour }) => [id, colour])).toEqual([
      [2, 'accent'],
      [3, 'bad'],
      [4, 'warn'],
    ]);
  });

  it('of a service are its own, and every edit', () => {
    expect(marksOf(events, 'orders').map(({ id }) => id)).toEqual([2, 3]);
  });
});

describe('the timeline', () => {
  const events = [event({ id: 1, at: 1_000 }), event({ id: 2, at: 9_000, severity: 'error' })];

  it('is filtered by words, kind and severity', () => {
    const ids = (filter: Partial<Parameters<typeof fitsFilter>[1]>): number[] =>
      events
        .filter((one) => fitsFilter(one, { text: '', kind: undefined, severe: false, ...filter }))
        .map(({ id }) => id);
    expect(ids({})).toEqual([1, 2]);
    expect(ids({ severe: true })).toEqual([2]);
    expect(ids({ text: 'READY orders' })).toEqual([1, 2]);
    expect(ids({ text: 'payments' })).toEqual([]);
    expect(ids({ kind: 'edit' })).toEqual([]);
  });

  it('knows the event nearest to a moment', () => {
    expect(nearestTo(events, 4_000)?.id).toBe(1);
    expect(nearestTo(events, 6_000)?.id).toBe(2);
    expect(nearestTo([], 1)).toBeUndefined();
  });
});
