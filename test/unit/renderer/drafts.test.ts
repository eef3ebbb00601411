import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  draftErrors,
  draftOf,
  newDraft,
  previewOf,
  toFault,
} from '../../../src-renderer/policies/fault-draft.ts';
import { defaultSplit, moveShare } from '../../../src-renderer/policies/split-draft.ts';

describe('a fault as it is typed', () => {
  it('becomes a fault with a free name', () => {
    const draft = { ...newDraft('delay'), duration: '1.5s', percentage: 25 };
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

  it('keeps what the form does not show when it is changed', () => {
    const fault = {
      name: 'both',
      enabled: true,
      to: 'payments',
      random: true,
      match: { headers: { 'x-user': 'ada' } },
      delay: { duration: 100, percentage: 10 },
      abort: { status: 503, percentage: 5 },
    };
    expect(toFault({ ...draftOf(fault), percentage: 20 }, 'orders', 'payments', [])).toEqual({
      ...fault,
      delay: { duration: 100, percentage: 20 },
    });
  });

  it('says what is wrong with it', () => {
    expect(draftErrors({ ...newDraft('delay'), duration: '300' })).toHaveProperty('duration');
    expect(draftErrors({ ...newDraft('abort'), status: '99' })).toHaveProperty('status');
    expect(draftErrors({ ...newDraft('abort'), path: 'charge' })).toHaveProperty('path');
    expect(draftErrors(newDraft('abort'))).toEqual({});
  });

  it('says what it will do', () => {
    expect(previewOf(newDraft('delay'), 'orders', 'payments', 2.4)).toBe(
      '50 % of orders → payments, now about 1.2 requests/s',
    );
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
