/** Heads and bodies in the app: captured, looked at, copied, sent again. */
import { readFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { openShop } from '../support/app.ts';
import type { OpenApp } from '../support/app.ts';
import { skipsBrowser, keepPicture, openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { visit } from '../support/visit.ts';

describe.skipIf(skipsBrowser)('heads and bodies, in Chromium with the shop', () => {
  const stack = new CloseStack();
  let browser: Browser;
  let app: OpenApp;

  beforeAll(async () => {
    browser = await openBrowser();
    stack.add({ close: () => browser.close() });
    app = stack.add(await openShop(browser));
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  afterAll(async () => {
    await stack.close();
    expect(app.errors).toEqual([]);
  });

  const part = (id: string): Locator => app.part(id);
  const button = (name: string | RegExp): Locator => app.page.getByRole('button', { name });
  const text = (): Promise<string> => readFile(app.shop.file, 'utf8');
  const copied = (): Promise<string> => app.page.evaluate(() => navigator.clipboard.readText());

  async function put(who: string, quantity = 1): Promise<void> {
    await visit(`${app.shop.up.gateway.url}/api/cart/items?who=${who}`, {
      method: 'POST',
      headers: { authorization: 'Bearer s3cr3t', 'content-type': 'application/json' },
      body: JSON.stringify({ sku: 'lamp-arc', quantity, token: 's3cr3t' }),
    });
  }

  async function open(who: string): Promise<void> {
    await part('request-row')
      .filter({ hasText: `who=${who}` })
      .first()
      .click();
    await part('waterfall').waitFor();
  }

  /** In both themes. */
  async function keepPictures(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await app.page.emulateMedia({ colorScheme });
      await keepPicture(app.page, `${name}-${colorScheme}`);
    }
  }

  it('are not there until they are captured, and the empty place says how that is done', async () => {
    await put('before');
    await open('before');
    await part('pane-messages').click();
    await part('capture-next').waitFor();
    await keepPictures('messages-none');
    await part('capture-next').click();
    await part('capture-menu').filter({ hasText: 'Capturing (1)' }).waitFor();
    await eventually(async () => {
      expect(await text()).toContain('from: gateway');
    });
  });

  it('are shown with their secrets masked: tree, headers, both sides', async () => {
    await put('ada');
    await open('ada');
    await part('message-response').waitFor();
    await part('messages').getByRole('button', { name: 'Request', exact: true }).click();
    const request = part('message-request');
    await request.getByText('Bearer ***').waitFor();
    expect(await request.textContent()).toContain('token: "***"');
    expect(await part('messages').textContent()).not.toContain('s3cr3t');
    await keepPictures('messages-request');
    await request.getByRole('button', { name: 'Hex' }).click();
    expect(await request.getByTestId('body-text').textContent()).toContain('7b 22 73 6b 75 22');
    await part('pane-wide').click();
    await part('message-response').waitFor();
    await keepPictures('messages-wide');
    await part('pane-wide').click();
  });

  it('are told of where capturing is: how far it is, in the menu, on the edge, in the bar', async () => {
    await part('capture-menu').click();
    const row = part('capture-gateway-storefront');
    await row.filter({ hasText: '1 of 50' }).waitFor();
    await keepPictures('capture-menu');
    await app.page.keyboard.press('Escape');
    await part('active-bar').getByText('gateway-storefront').click();
    await part('policy-form').waitFor();
    await keepPictures('capture-form');
    await app.page.keyboard.press('Escape');
    await part('panel').getByTestId('capture-gateway-storefront').waitFor();
  });

  it('are copied as a command of curl', async () => {
    await part('copy-curl').click();
    await eventually(async () => {
      const command = await copied();
      expect(command).toContain(`curl '${app.shop.up.gateway.url}/api/cart/items?who=ada'`);
      expect(command).toContain("--header 'authorization: Bearer ***'");
    });
  });

  it('are sent again, the new request beside the old one with what differs', async () => {
    await part('edit-resend').click();
    const form = part('edit-request');
    await form.waitFor();
    await form.getByLabel('Path').fill('/api/cart/items?who=again');
    const body = form.getByRole('textbox', { name: 'Body' });
    await body.fill((await body.inputValue()).replace('"quantity":1', '"quantity":3'));
    await keepPictures('messages-edit');
    await part('send-request').click();
    await form.waitFor({ state: 'detached' });
    await part('differences').waitFor();
    await part('messages').getByRole('button', { name: 'Request', exact: true }).click();
    await eventually(async () => {
      const told = (await part('differences').textContent()) ?? '';
      expect(told).toContain('Path/api/cart/items?who=ada/api/cart/items?who=again');
      expect(told).toContain('Body $.quantity13');
    });
    await keepPictures('messages-differences');
  });

  it('of a call within the mesh are sent by its caller’s sidecar', async () => {
    await button('Close the trace').click();
    await app.go('#/mesh/cart/catalog');
    await part('capture-here').click();
    await part('panel').getByTestId('capture-cart-catalog').waitFor();
    await put('inner');
    await open('inner');
    await part('messages-hop').selectOption({ label: 'cart → catalog' });
    await part('message-response').waitFor();
    await part('copy-curl').click();
    await eventually(async () => {
      expect(await copied()).toMatch(/^# For inside the mesh: \$CATALOG_URL/);
    });
    await part('replay').click();
    await part('differences').waitFor();
    await part('pane-timing').click();
    const first = part('compared-hop').first();
    expect(await first.textContent()).toContain('cart → catalog');
    await part('pane-messages').click();
  });

  it('are captured no more when that is switched off', async () => {
    await part('capture-menu').click();
    const menu = app.page.getByRole('dialog', { name: 'Captures' });
    await menu.getByTestId('capture-remove-cart-catalog').click();
    await menu.getByTestId('capture-cart-catalog').waitFor({ state: 'detached' });
    await menu.getByTestId('capture-switch-gateway-storefront').click();
    await menu.getByText('switched off').waitFor();
    expect(await text()).not.toContain('cart-catalog');
    await app.page.keyboard.press('Escape');
    await part('capture-menu')
      .filter({ hasText: /^Capture$/ })
      .waitFor();
  });
});
