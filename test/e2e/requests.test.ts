/** The requests of a running mesh: one browser and one mesh for all tests, since each only looks. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { findChromium, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';
import { visit, visitMany } from '../support/visit.ts';

/** On CI a missing browser is a failure, not a reason to skip. */
const skipped = findChromium() === undefined && process.env['CI'] !== 'true';

describe.skipIf(skipped)('requests, in Chromium with the shop', () => {
  const stack = new CloseStack();
  let browser: Browser;
  let shop: Shop;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await openBrowser();
    stack.add({ close: () => browser.close() });
    shop = stack.add(await startShop());
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
});
