/** The app in a browser with a running shop behind it, for end-to-end tests. */
import type { Browser, Locator, Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { startShop } from './shop.ts';
import type { Shop } from './shop.ts';

export interface OpenApp {
  readonly shop: Shop;
  readonly page: Page;
  /** What went wrong in the page. */
  readonly errors: string[];
  part(testId: string): Locator;
  /** Shows what an address leads to: `#/document/orders`. */
  go(route: string): Promise<void>;
  close(): Promise<void>;
}

/** Resolves when the graph is drawn. `edit`: of the shop's document, before its start. */
export async function openShop(
  browser: Browser,
  edit?: (text: string) => string,
): Promise<OpenApp> {
  const shop = await startShop(edit);
  const { page, errors } = await openPage(browser, shop.up.app.url);
  await page.getByTestId('node-storefront').waitFor();
  return {
    shop,
    page,
    errors,
    part: (testId) => page.getByTestId(testId),
    go: (route) => page.evaluate((hash) => void (location.hash = hash), route),
    async close() {
      await page.close();
      await shop.close();
    },
  };
}
