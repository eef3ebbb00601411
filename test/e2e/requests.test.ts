/** The requests of a running mesh: one browser and one mesh for all tests, since each only looks. */
import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { skipsBrowser, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { RpcClient } from '../support/rpc-client.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';
import { visit, visitMany } from '../support/visit.ts';

interface Archive {
  readonly log: {
    readonly version: string;
    readonly creator: { readonly name: string };
    readonly pages: readonly object[];
    readonly entries: readonly {
      readonly time: number;
      readonly timings: Readonly<
        Record<'blocked' | 'connect' | 'send' | 'wait' | 'receive', number>
      >;
      readonly request: { readonly method: string };
      readonly response: { readonly status: number };
    }[];
  };
}

describe.skipIf(skipsBrowser)('requests, in Chromium with the shop', () => {
  const stack = new CloseStack();
  let browser: Browser;
  let shop: Shop;
  let page: Page;
  let errors: string[];
  let client: RpcClient;

  beforeAll(async () => {
    browser = await openBrowser();
    stack.add({ close: () => browser.close() });
    shop = stack.add(await startShop());
    client = stack.add(await RpcClient.connect(shop.up.app.url));
    ({ page, errors } = await openPage(browser, shop.up.app.url));
    await part('node-storefront').waitFor();
  });
  afterAll(async () => {
    await stack.close();
    expect(errors).toEqual([]);
  });

  const part = (id: string): Locator => page.getByTestId(id);
  const rows = (): Locator => part('request-row');
  const filter = (): Locator => page.getByRole('combobox', { name: 'Filter requests' });
  const checkout = (): string => `${shop.up.gateway.url}/api/checkout`;
  const buy = (who: string, count = 1): Promise<unknown> =>
    visitMany(count, 4, `${checkout()}?who=${who}`, { method: 'POST' });

  /** So many that fit have come to the engine. */
  async function come(wanted: string, count: number): Promise<void> {
    await eventually(
      async () => {
        const page = await client.call('requests', { filter: wanted, limit: 0, after: 0 });
        expect(page.matched).toBe(count);
      },
      { within: 30_000 },
    );
  }

  /** The pointer and the focus leave the list. */
  async function away(): Promise<void> {
    await page.mouse.move(640, 20);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }

  /** What comes out as a file when something is saved. */
  async function archiveFrom(act: () => Promise<void>): Promise<Archive['log']> {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    expect(download.suggestedFilename()).toMatch(/\.har$/);
    const { log } = JSON.parse(await readFile(await download.path(), 'utf8')) as Archive;
    expect([log.version, log.creator.name]).toEqual(['1.2', 'Faultline']);
    return log;
  }

  /** In both themes. */
  async function keepPictures(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, `${name}-${colorScheme}`);
    }
  }

  it('are found by a filter that is completed as one types', async () => {
    await buy('ada', 30);
    await visit(`${shop.up.gateway.url}/api/cart`);
    await filter().click();
    await filter().pressSequentially('meth');
    await page.getByRole('option', { name: /^method:/ }).waitFor();
    await filter().press('ArrowDown');
    await filter().press('Enter');
    await filter().pressSequentially('po');
    await filter().press('ArrowDown');
    await keepPictures('requests-completion');
    await filter().press('Tab');
    expect(await filter().inputValue()).toBe('method:POST ');
    await filter().pressSequentially('path:/api/checkout*');
    await filter().press('Enter');
    await eventually(async () => {
      expect(await rows().count()).toBeGreaterThan(0);
      expect(await rows().filter({ hasNotText: 'POST' }).count()).toBe(0);
      expect(await part('request-count').textContent()).toMatch(/^30 of \d+ kept/);
    });
    await keepPictures('requests-filtered');
  });

  it('are marked, and saved as an archive: the marked ones, the list, one with all its hops', async () => {
    await filter().fill('path:/api/checkout*');
    await rows().nth(3).waitFor();
    await rows()
      .nth(0)
      .click({ modifiers: ['Control'] });
    await rows()
      .nth(2)
      .click({ modifiers: ['Shift'] });
    expect(await part('marked').textContent()).toContain('3 marked');
    expect(await part('compare-marked').isDisabled()).toBe(true);
    await keepPictures('requests-marked');
    const some = await archiveFrom(() => part('save-marked').click());
    expect(some.entries.map(({ request }) => request.method)).toEqual(['POST', 'POST', 'POST']);
    await part('unmark').click();
    const list = await archiveFrom(() => part('save-list').click());
    expect(list.entries).toHaveLength(30);
    for (const { time, timings, response } of list.entries) {
      const { blocked, connect, send, wait, receive } = timings;
      const sum = [blocked, connect, send, wait, receive].filter((one) => one > 0);
      expect(sum.reduce((all, one) => all + one, 0)).toBeCloseTo(time, 3);
      expect(response.status).toBe(200);
    }
    await rows().first().click();
    await part('waterfall-hop').first().waitFor();
    const hops = await part('waterfall-hop').count();
    const one = await archiveFrom(() => part('save-har').click());
    // Callers' hops: each has one at its callee.
    expect(one.entries).toHaveLength(hops / 2);
    expect(one.pages).toHaveLength(1);
  });

  it('show the critical path of a trace, which is as long as the request', async () => {
    const sum = (await part('critical-path').textContent()) ?? '';
    const whole = (await part('waterfall').locator('header').first().textContent()) ?? '';
    const [, said] = /Critical path ([\d.]+ m?s)/.exec(sum) ?? [];
    expect(whole).toContain(said);
    expect(
      await part('waterfall').locator('[title="On the critical path"]').count(),
    ).toBeGreaterThan(3);
    await keepPictures('trace-critical');
  });

  it('are compared two by two, hop by hop', async () => {
    await page.getByRole('button', { name: 'Close the trace' }).click();
    await rows()
      .nth(0)
      .click({ modifiers: ['Control'] });
    await rows()
      .nth(4)
      .click({ modifiers: ['Control'] });
    await part('compare-marked').click();
    const table = part('trace-comparison');
    await table.waitFor();
    expect(await part('compared-hop').first().textContent()).toContain('gateway → storefront');
    expect(await part('compared-hop').count()).toBeGreaterThan(10);
    expect(await table.textContent()).toMatch(/Whole request.*[+−±]/);
    await keepPictures('trace-comparison');
    await page.getByRole('button', { name: /compared/ }).click();
    await part('critical-path').waitFor();
    await part('unmark').click();
  });

  it('lead to the graph: the whole path, or the connection of a hop', async () => {
    await part('trace-in-graph').click();
    await part('budget-sum').waitFor();
    const budget = (await part('budget').textContent()) ?? '';
    expect(budget).toContain('gateway → storefront → orders');
    expect(budget).toMatch(/the median of \d+ requests/);
    await keepPictures('trace-budget');
    const faded = page.locator('[data-testid="edge-recommendations-users"][data-faded]');
    await faded.waitFor({ state: 'attached' });
    await part('waterfall-hop')
      .filter({ hasText: 'orders → payments' })
      .getByRole('button')
      .click();
    await page.getByRole('button', { name: 'Show in the graph' }).click();
    await part('panel')
      .getByRole('heading', { name: /orders to payments|orders → payments/ })
      .waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Close the trace' }).click();
  });

  it('stand still while somebody looks, say how many have come, and one jumps to the newest', async () => {
    await filter().fill('path:/api/checkout*');
    await away();
    await page.getByText('live', { exact: true }).waitFor();
    await rows().first().hover();
    await page.getByText('held while you look').waitFor();
    const first = await rows().first().textContent();
    await buy('grace', 7);
    await come('path:*who=grace', 7);
    await eventually(async () => {
      expect(await part('jump-newest').textContent({ timeout: 100 })).toBe('7 new');
    });
    expect(await rows().first().textContent()).toBe(first);
    await keepPictures('requests-held');
    await part('jump-newest').click();
    await away();
    await eventually(async () => {
      expect(await rows().first().textContent()).toContain('who=grace');
    });
    await part('jump-newest').waitFor({ state: 'detached' });
  });

  it('are paused by a button, wherever one points, until they are to go on', async () => {
    await part('pause-requests').click();
    await away();
    await page.getByText('paused', { exact: true }).waitFor();
    const first = await rows().first().textContent();
    await buy('linus', 3);
    await part('jump-newest').filter({ hasText: '3 new' }).waitFor();
    expect(await rows().first().textContent()).toBe(first);
    await part('pause-requests').click();
    await away();
    await eventually(async () => {
      expect(await rows().first().textContent()).toContain('who=linus');
    });
  });

  it('are loaded page by page as one scrolls, to the oldest, with few rows at a time', async () => {
    await visitMany(460, 8, `${shop.up.gateway.url}/api/products/lamp-arc?page=1`);
    await come('path:*page=1', 460);
    await filter().fill('path:*page=1');
    await eventually(async () => {
      expect(await part('request-count').textContent()).toMatch(/^\d+\+ of/);
    });
    await part('request-list').focus();
    await eventually(async () => {
      await page.keyboard.press('End');
      expect(await part('request-count').textContent()).toMatch(/^460 of/);
    });
    await page.keyboard.press('End');
    await page.locator('[role="option"][aria-posinset="460"]').waitFor();
    expect(await rows().count()).toBeLessThan(60);
    await page.keyboard.press('Home');
    await page.locator('[role="option"][aria-posinset="1"]').waitFor();
    await away();
  });

  it('have as much room as one gives them, by mouse and by keys, also after a reload', async () => {
    const edge = page.getByRole('separator', { name: 'Height of the requests' });
    const height = async (): Promise<number> => Number(await edge.getAttribute('aria-valuenow'));
    const before = await height();
    await edge.focus();
    await page.keyboard.press('ArrowUp');
    expect(await height()).toBe(before + 24);
    const box = await edge.boundingBox();
    if (!box) throw new Error('the edge is not there');
    await page.mouse.move(box.x + 200, box.y + 3);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y - 57, { steps: 4 });
    await page.mouse.up();
    expect(await height()).toBe(before + 84);
    await page.mouse.move(box.x + 200, box.y - 200);
    expect(await height()).toBe(before + 84);
    await page.reload();
    await edge.waitFor();
    expect(await height()).toBe(before + 84);
  });
});
