import { expect, it } from 'vitest';
import { harArchive } from '../../../../src-main/api/contract/index.ts';
import { pairOf, withToggled } from '../../../../src-renderer/traffic/marks-store.ts';
import type { Marks } from '../../../../src-renderer/traffic/marks-store.ts';
import { requestOf } from '../../../support/request.ts';

const [late, early, third] = [30, 10, 20].map((start) => requestOf({ id: start, start }));

it('of two marked requests the earlier one is the one that came before', () => {
  const none: Marks = new Map();
  const two = [late, early].reduce((marks, one) => (one ? withToggled(marks, one) : marks), none);
  expect(pairOf(none)).toBeUndefined();
  expect(pairOf(two)?.map(({ id }) => id)).toEqual([10, 30]);
  if (!third) return;
  const three = withToggled(two, third);
  expect(pairOf(three)).toBeUndefined();
  expect(pairOf(withToggled(three, third))).toEqual(pairOf(two));
});

it('an archive is put together from its parts', () => {
  const part = (id: string) => ({
    pages: [{ id }],
    entries: [{ startedDateTime: '2026-01-01T00:00:00.000Z', time: 1, pageref: id }],
    forgotten: 0,
  });
  const { log } = JSON.parse(harArchive([part('a'), part('b')], '1.0.0')) as {
    log: { version: string; creator: object; pages: object[]; entries: { pageref: string }[] };
  };
  expect(log.version).toBe('1.2');
  expect(log.creator).toEqual({ name: 'Faultline', version: '1.0.0' });
  expect(log.pages).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(log.entries.map(({ pageref }) => pageref)).toEqual(['a', 'b']);
});
