import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../../src-main/base/disposable.ts';
import type { TraceSummary } from '../../../../src-main/telemetry/figures.ts';
import { RingFile } from '../../../../src-main/telemetry/store/ring-file.ts';
import { RequestLog } from '../../../../src-main/telemetry/traces/request-log.ts';
import type { RequestPage } from '../../../../src-main/telemetry/traces/request-log.ts';
import { requestOf } from '../../../support/request.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const ALL = (_request: TraceSummary): boolean => true;
const idsOf = ({ items }: RequestPage): number[] => items.map(({ id }) => id);
const range = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, i) => from - i);

function fill(log: RequestLog, count: number): RequestLog {
  for (let i = 1; i <= count; i++)
    log.add(requestOf({ path: `/${i}`, status: i % 10 ? 200 : 500 }));
  return log;
}

async function withFile(log: RequestLog, capacity = 1024 * 1024): Promise<RequestLog> {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-log-'));
  stack.add({ close: () => rm(folder, { recursive: true }) });
  log.useFile(stack.add(await RingFile.open(folder, capacity, () => undefined)));
  return log;
}

/** All that fit, page by page. */
async function findAll(log: RequestLog, fits = ALL): Promise<number[]> {
  const ids: number[] = [];
  let before: number | undefined;
  do {
    const page = await log.find({ fits, before, limit: 100 });
    ids.push(...idsOf(page));
    before = page.next;
  } while (before !== undefined);
  return ids;
}

describe('the log of requests', () => {
  it('gives the newest first, a page at a time', async () => {
    const log = fill(new RequestLog(100), 30);
    const first = await log.find({ fits: ALL, limit: 20 });
    expect(idsOf(first)).toEqual(range(30, 11));
    const second = await log.find({ fits: ALL, before: first.next, limit: 20 });
    expect(idsOf(second)).toEqual(range(10, 1));
    expect(second.next).toBeUndefined();
    expect(second).toMatchObject({ oldest: 1, kept: 30 });
  });

  it('gives and counts what has come since', async () => {
    const log = fill(new RequestLog(100), 30);
    const page = await log.find({ fits: ALL, after: 25, limit: 2 });
    expect([idsOf(page), page.matched]).toEqual([[30, 29], 5]);
    expect(await log.find({ fits: ALL, after: 30, limit: 2 })).toMatchObject({ matched: 0 });
  });

  it('takes a line back', async () => {
    const log = fill(new RequestLog(100), 3);
    log.remove(2);
    expect(await findAll(log)).toEqual([3, 1]);
  });

  it('forgets the oldest where there is no file', async () => {
    const log = fill(new RequestLog(10), 35);
    expect(await findAll(log)).toEqual(range(35, 26));
    expect(await log.find({ fits: ALL, limit: 1 })).toMatchObject({ oldest: 26, kept: 10 });
  });

  it('filters over all that is kept, in memory, between, and on disk', async () => {
    const log = fill(await withFile(new RequestLog(100)), 2345);
    expect(await findAll(log)).toEqual(range(2345, 1));
    const failed = await findAll(log, ({ status }) => status === 500);
    expect(failed).toEqual(range(234, 1).map((n) => n * 10));
    expect(await log.find({ fits: ALL, limit: 1 })).toMatchObject({ oldest: 1, kept: 2345 });
    const since = await log.find({ fits: ALL, after: 400, limit: 5 });
    expect([idsOf(since), since.matched]).toEqual([range(2345, 2341), 1945]);
  });

  it('forgets what the disk has no room for', async () => {
    const log = fill(await withFile(new RequestLog(10), 400_000), 5000);
    const ids = await findAll(log);
    expect(ids).toEqual(range(5000, 5000 - ids.length + 1));
    expect(ids.length).toBeGreaterThan(500);
    expect(ids.length).toBeLessThan(3000);
  });

  it('looks at so many at a time, and says where to go on', async () => {
    const log = fill(new RequestLog(50_000), 45_000);
    const page = await log.find({ fits: ({ id }) => id === 1, limit: 10 });
    expect(page).toMatchObject({ items: [], next: 25_001 });
    expect(await findAll(log, ({ id }) => id === 1)).toEqual([1]);
  });
});
