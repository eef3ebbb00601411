import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../src-main/api/contract/index.ts';
import type { RequestSummary, Result } from '../../../../src-main/api/contract/index.ts';
import { RequestLog } from '../../../../src-main/telemetry/traces/request-log.ts';
import { RequestFeed } from '../../../../src-renderer/traffic/request-feed.ts';
import { eventually } from '../../../support/eventually.ts';
import { requestOf } from '../../../support/request.ts';

/** A feed of the engine's own log. */
function feedOf(count: number): { feed: RequestFeed; asked: number[]; add(count: number): void } {
  const log = new RequestLog(50_000);
  let total = 0;
  const add = (more: number): void => {
    for (let i = 0; i < more; i++) {
      total++;
      log.add(requestOf({ status: total % 10 === 0 ? 500 : 200 }));
    }
  };
  const asked: number[] = [];
  const feed = new RequestFeed(async ({ filter, ...page }): Promise<Result<'requests'>> => {
    asked.push(page.limit);
    const { next, ...found } = await log.find({ ...page, fits: parseFilter(filter).fits });
    return { ...found, ...(next !== undefined && { next }) };
  });
  add(count);
  return { feed, asked, add };
}

const idsOf = (items: readonly RequestSummary[]): number[] => items.map(({ id }) => id);
const range = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, i) => from - i);

describe('the feed of requests', () => {
  it('begins with the newest page, and loads older ones', async () => {
    const { feed } = feedOf(450);
    await feed.setFilter('');
    expect(idsOf(feed.view.items)).toEqual(range(450, 251));
    expect(feed.view).toMatchObject({ hasOlder: true, kept: 450, isSearching: false });
    await feed.loadOlder();
    await feed.loadOlder();
    expect(idsOf(feed.view.items)).toEqual(range(450, 1));
    expect(feed.view.hasOlder).toBe(false);
  });

  it('searches on until a page is full or everything has been looked at', async () => {
    const { feed, asked } = feedOf(45_000);
    await feed.setFilter('status:404');
    expect(feed.view).toMatchObject({ items: [], hasOlder: false, isSearching: false });
    expect(asked.length).toBe(3);
    await feed.setFilter('status:500');
    expect(idsOf(feed.view.items).slice(0, 3)).toEqual([45_000, 44_990, 44_980]);
  });

  it('takes in what comes, as long as it is live', async () => {
    const { feed, add } = feedOf(10);
    await feed.setFilter('status:500');
    add(20);
    feed.poke([]);
    await eventually(() => expect(idsOf(feed.view.items)).toEqual([30, 20, 10]));
    expect(feed.view.kept).toBe(30);
  });

  it('counts what comes while it is held, and shows it afterwards', async () => {
    const { feed, add } = feedOf(0);
    await feed.setFilter('');
    feed.hold(true);
    add(5);
    feed.poke([]);
    await eventually(() => expect(feed.view.newer).toBe(5));
    add(2);
    feed.poke([]);
    await eventually(() => expect(feed.view.newer).toBe(7));
    expect(feed.view.items).toEqual([]);
    feed.hold(false);
    await eventually(() => expect(idsOf(feed.view.items)).toEqual(range(7, 1)));
    expect(feed.view.newer).toBe(0);
  });

  it('shows the newest where more have come than a page has, and the rest further down', async () => {
    const { feed, add } = feedOf(10);
    await feed.setFilter('');
    add(1000);
    feed.poke([]);
    await eventually(() => expect(idsOf(feed.view.items)).toEqual(range(1010, 811)));
    await feed.loadOlder();
    expect(idsOf(feed.view.items)).toEqual(range(1010, 611));
  });

  it('lets go of what is far down while it is live', async () => {
    const { feed, add } = feedOf(0);
    await feed.setFilter('');
    for (let i = 1; i <= 12; i++) {
      add(100);
      feed.poke([]);
      await eventually(() => expect(feed.view.items[0]?.id).toBe(i * 100));
    }
    expect(idsOf(feed.view.items)).toEqual(range(1200, 201));
    await feed.loadOlder();
    expect(idsOf(feed.view.items)).toEqual(range(1200, 1));
  });

  it('lets go of lines that have turned out to be none', async () => {
    const { feed } = feedOf(3);
    await feed.setFilter('');
    feed.poke([2]);
    expect(idsOf(feed.view.items)).toEqual([3, 1]);
  });

  it('says what went wrong, until it is right again', async () => {
    let broken = true;
    const page = { items: [], matched: 0, oldest: 1, kept: 0 };
    const feed = new RequestFeed(() =>
      broken ? Promise.reject(new Error('not reachable')) : Promise.resolve(page),
    );
    await feed.setFilter('');
    expect(feed.view).toMatchObject({ error: 'not reachable', isSearching: false });
    broken = false;
    await feed.setFilter('');
    expect(feed.view.error).toBeUndefined();
  });

  it('has nothing twice where it begins anew while it asks what has come', async () => {
    const { feed, add } = feedOf(5);
    await feed.setFilter('');
    add(5);
    const again = feed.setFilter('');
    feed.poke([]);
    await again;
    add(1);
    feed.poke([]);
    await eventually(() => expect(idsOf(feed.view.items)).toEqual(range(11, 1)));
  });

  it('does not mix the answers to two filters', async () => {
    const { feed } = feedOf(500);
    const first = feed.setFilter('status:200');
    await feed.setFilter('status:500');
    await first;
    expect(feed.view.items.every(({ status }) => status === 500)).toBe(true);
  });
});
