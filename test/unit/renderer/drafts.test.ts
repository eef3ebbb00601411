import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  draftErrors,
  draftOf,
  isNarrowed,
  newDraft,
  previewOf,
  timeoutWarning,
  toFault,
} from '../../../src-renderer/policies/fault-draft.ts';
import {
  describeRetry,
  retryDraft,
  retryErrors,
  toRetry,
} from '../../../src-renderer/policies/retry-draft.ts';
import type { Retry } from '../../../src-renderer/policies/retry-draft.ts';
import { defaultSplit, moveShare } from '../../../src-renderer/policies/split-draft.ts';

const BOTH = {
  name: 'both',
  enabled: true,
  to: 'payments',
  random: true,
  match: { path: '/charge', method: 'POST', headers: { 'x-user': 'ada', 'x-tier': 'gold' } },
  delay: { duration: 100, percentage: 10 },
  abort: { status: 503, percentage: 5 },
};

describe('a fault as it is typed', () => {
  it('keeps what the form cannot show of a match, but for what is typed in its place', () => {
    const page = { of: 'query' as const, name: 'page', by: 'exact' as const, values: ['2'] };
    const conditions = [
      page,
      { of: 'path' as const, name: '', by: 'regex' as const, values: ['/[0-9]+'] },
      { of: 'header' as const, name: 'x-a', by: 'present' as const, values: [] },
    ];
    const draft = draftOf({ ...BOTH, match: { conditions, caller: { service: 'orders' } } });
    const matchOf = (typed: object): unknown =>
      toFault({ ...draft, ...typed }, 'orders', 'payments', []).match;
    expect(matchOf({})).toEqual({ conditions, caller: { service: 'orders' } });
    expect(matchOf({ path: '/a', headers: 'x-a: 1' })).toEqual({
      path: '/a',
      headers: { 'x-a': '1' },
      conditions: [page],
      caller: { service: 'orders' },
    });
  });

  it('becomes a fault with a free name', () => {
    const draft = { ...newDraft('delay'), duration: '1.5s', delayPercentage: 25 };
    expect(toFault(draft, 'orders', 'payments', ['delay-orders-payments'])).toEqual({
      name: 'delay-orders-payments-2',
      enabled: true,
      from: 'orders',
      to: 'payments',
      match: {},
      random: false,
      delay: { duration: 1500, percentage: 25 },
    });
  });

  it('is the fault it was made from, as long as nothing is typed', () => {
    expect(toFault(draftOf(BOTH), 'orders', 'payments', [])).toEqual(BOTH);
  });

  it('can lose one of its two parts, and change the other', () => {
    const { abort: _, ...rest } = BOTH;
    const draft = { ...draftOf(BOTH), kinds: ['delay' as const], delayPercentage: 20 };
    expect(toFault(draft, 'orders', 'payments', [])).toEqual({
      ...rest,
      delay: { duration: 100, percentage: 20 },
    });
  });

  it('stays off when it is changed while it is off', () => {
    const draft = draftOf({ ...BOTH, enabled: false });
    expect(toFault(draft, 'orders', 'payments', []).enabled).toBe(false);
  });

  it('is for some calls only, where a path, a method or headers are given', () => {
    const draft = {
      ...newDraft('delay'),
      method: 'POST',
      headers: 'X-User: ada\n\nx-tier:  gold ',
    };
    expect(isNarrowed(newDraft('delay'))).toBe(false);
    expect(isNarrowed(draft)).toBe(true);
    expect(toFault(draft, 'a', 'b', []).match).toEqual({
      method: 'POST',
      headers: { 'x-user': 'ada', 'x-tier': 'gold' },
    });
  });

  it('says what is wrong with it', () => {
    expect(draftErrors({ ...newDraft('delay'), duration: '300' })).toHaveProperty('duration');
    expect(draftErrors({ ...newDraft('delay'), duration: '25h' })).toHaveProperty('duration');
    expect(draftErrors({ ...newDraft('abort'), status: '99' })).toHaveProperty('status');
    expect(draftErrors({ ...newDraft('abort'), path: 'charge' })).toHaveProperty('path');
    expect(draftErrors({ ...newDraft('abort'), path: '/a?b=c' })).toHaveProperty('path');
    expect(draftErrors({ ...newDraft('abort'), headers: 'x-user' })).toHaveProperty('headers');
    expect(draftErrors({ ...newDraft('abort'), headers: 'x user: a' })).toHaveProperty('headers');
    expect(draftErrors(newDraft('abort'))).toEqual({});
  });

  it('says what it will do', () => {
    expect(previewOf(newDraft('delay'), 'orders', 'payments', 2.4)).toEqual([
      '50 % of orders → payments, now about 1.2 requests/s, wait 300ms longer.',
    ]);
    const both = { ...draftOf(BOTH), everyCaller: true };
    expect(previewOf(both, 'orders', 'payments', 100)).toEqual([
      '10 % of all calls to payments, now at most 10.0 requests/s, wait 100ms longer.',
      '5 % of all calls to payments, now at most 5.0 requests/s, are answered with 503.',
    ]);
  });

  it('warns of a delay that the timeout does not outlast', () => {
    const draft = { ...newDraft('delay'), duration: '2s' };
    expect(timeoutWarning(draft, 'payments', 2000)).toContain('time out after 2s');
    expect(timeoutWarning(draft, 'payments', 2001)).toBeUndefined();
    expect(timeoutWarning(draft, 'payments', undefined)).toBeUndefined();
    expect(timeoutWarning(newDraft('abort'), 'payments', 1)).toBeUndefined();
  });
});

describe('retries as they are typed', () => {
  it('are the retries they were made from, as long as nothing is typed', () => {
    const retry: Retry = { attempts: 3, perTryTimeout: 1500, on: ['5xx', 'reset'] };
    expect(toRetry(retryDraft(retry))).toEqual(retry);
    expect(describeRetry(retry)).toBe('3 more tries, 1500ms each, on 5xx, reset');
  });

  it('say what is wrong with them', () => {
    const draft = retryDraft(undefined);
    expect(retryErrors(draft)).toEqual({});
    expect(retryErrors({ ...draft, perTryTimeout: '5' })).toHaveProperty('perTryTimeout');
    expect(retryErrors({ ...draft, perTryTimeout: '0s' })).toHaveProperty('perTryTimeout');
    expect(retryErrors({ ...draft, on: [] })).toHaveProperty('on');
    expect(describeRetry(undefined)).toBe('none');
  });
});

describe('shares', () => {
  it('are those of the replicas to begin with', () => {
    expect(
      defaultSplit([
        { name: 'v1', replicas: 2 },
        { name: 'v2', replicas: 1 },
      ]),
    ).toEqual({ v1: 67, v2: 33 });
  });

  it('are always 100 together, whichever is moved where', () => {
    const versions = fc.integer({ min: 2, max: 5 });
    fc.assert(
      fc.property(
        versions,
        fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 0, max: 100 })), { maxLength: 8 }),
        (count, moves) => {
          let split = defaultSplit(
            Array.from({ length: count }, (_, i) => ({ name: `v${i}`, replicas: 1 })),
          );
          for (const [which, percent] of moves) {
            const name = `v${which % count}`;
            split = moveShare(split, name, percent);
            expect(split[name]).toBe(percent);
            expect(Object.values(split).reduce((sum, share) => sum + share, 0)).toBe(100);
          }
        },
      ),
    );
  });
});
