import { readFile, writeFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { skipsBrowser, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';
import { keepVisiting, visit, visitMany } from '../support/visit.ts';

const SERVICES = [
  ...['storefront', 'catalog', 'inventory', 'cart', 'orders'],
  ...['payments', 'shipping', 'recommendations', 'users'],
];

describe.skipIf(skipsBrowser)('the app in Chromium, with the shop', () => {
  let browser: Browser;
  let stack: CloseStack;
  let shop: Shop;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    stack = new CloseStack();
    shop = stack.add(await startShop());
    const opened = await openPage(browser, shop.up.app.url);
    page = opened.page;
    errors = opened.errors;
    stack.add({ close: () => page.close() });
    await node('storefront').waitFor();
  });

  afterEach(async () => {
    await stack.close();
    expect(errors).toEqual([]);
  });

  const node = (service: string): Locator => page.getByTestId(`node-${service}`);
  const edge = (from: string, to: string): Locator => page.getByTestId(`edge-${from}-${to}`);
  const part = (id: string): Locator => page.getByTestId(id);
  const checkout = (): string => `${shop.up.gateway.url}/api/checkout`;

  /** Somebody buys something, again and again. */
  function buyers(): void {
    stack.add(keepVisiting(checkout(), { method: 'POST' }));
  }

  async function textOf(locator: Locator): Promise<string> {
    return (await locator.textContent()) ?? '';
  }

  it('shows the nine services and what flows between them, in light and dark', async () => {
    buyers();
    for (const service of SERVICES) await node(service).waitFor();
    expect(await page.getByTestId(/^node-/).count()).toBe(SERVICES.length + 1);
    await eventually(async () => {
      expect(await textOf(edge('orders', 'payments'))).toMatch(/\d/);
      expect(
        await edge('orders', 'payments').getByLabel('mutual TLS', { exact: true }).count(),
      ).toBe(1);
    });
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await keepPicture(page, `topology-${colorScheme}-${width}x${height}`);
      }
    }
  });

  it('keeps the token out of the address bar', async () => {
    expect(page.url()).toBe(new URL('/', shop.up.app.url).href);
    await page.reload();
    await node('payments').waitFor();
  });

  it('delays a call by mouse, and shows it on the edge and in the waterfall', async () => {
    buyers();
    await edge('orders', 'payments').getByRole('button').click();
    await part('add-delay').click();
    await part('fault-duration').fill('300ms');
    await part('fault-percentage').fill('100');
    await part('fault-save').click();
    await edge('orders', 'payments').getByLabel('delay fault').waitFor();
    await eventually(async () => {
      const label = await edge('orders', 'payments').getByRole('button').getAttribute('aria-label');
      expect(Number(/p95 (\d+)/.exec(label ?? '')?.[1])).toBeGreaterThanOrEqual(290);
    });
    expect(await textOf(part('active-bar'))).toContain('300ms');
    await keepPicture(page, 'delay-on-edge');

    await visit(`${checkout()}?who=ada`, { method: 'POST' });
    await part('request-row').filter({ hasText: 'who=ada' }).click();
    const hop = part('waterfall')
      .getByTestId('waterfall-hop')
      .filter({ hasText: 'orders → payments' });
    await hop.waitFor();
    const injected = await hop.locator('[data-kind="injected"]').getAttribute('title');
    expect(Number(/(\d+) ms/.exec(injected ?? '')?.[1])).toBeGreaterThanOrEqual(299);
    await hop.getByRole('button').first().click();
    expect(await textOf(hop)).toContain('Injected by');
    await keepPicture(page, 'waterfall');
  });

  it('splits a service by mouse: exactly that share goes there, and is exported', async () => {
    await node('payments').click();
    await dragTo(part('split-slider-v2'), 25);
    expect(await part('split-input-v2').inputValue()).toBe('25');
    expect(await part('split-input-v1').inputValue()).toBe('75');
    await part('split-apply').click();
    await eventually(async () => {
      expect(await textOf(part('active-bar'))).toContain('25 %');
    });
    const answers = await visitMany(1000, 16, checkout(), { method: 'POST' });
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const toV2 = answers.filter(({ body }) => body.includes('"processor":"v2"')).length;
    expect(Math.abs(toV2 - 250)).toBeLessThanOrEqual(10);
    await keepPicture(page, 'split');

    await part('export-button').click();
    await eventually(async () => {
      const text = await textOf(part('export-text'));
      expect(text).toMatch(/subset: v1\s+weight: 75/);
      expect(text).toMatch(/subset: v2\s+weight: 25/);
    });
    await keepPicture(page, 'export');
  });

  it('shows what is wrong with a saved document while traffic goes on', async () => {
    const good = await readFile(shop.file, 'utf8');
    await writeFile(shop.file, good.replace('  inventory:\n', '  inventory:\n    replica: 2\n'));
    await part('problem-banner').waitFor();
    const line = good.split('\n').indexOf('  inventory:') + 2;
    const shown = await textOf(part('problem-banner'));
    expect(shown).toContain(`faultline.yaml:${line}:5`);
    expect(shown).toContain('replicas');
    await keepPicture(page, 'problem');
    const answers = await visitMany(50, 8, checkout(), { method: 'POST' });
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    await writeFile(shop.file, good);
    await part('problem-banner').waitFor({ state: 'detached' });
  });

  it('turns red where a service is killed, and says that it was restarted', async () => {
    buyers();
    const health = (): Promise<string | null> =>
      edge('orders', 'shipping').getAttribute('data-health');
    await eventually(async () => expect(await health()).toBe('ok'));
    // Each time that it comes back, until enough requests have met it while it was down.
    const killed = new Set<number>();
    await eventually(
      async () => {
        const pid = runningPid('shipping');
        if (pid !== undefined && !killed.has(pid)) process.kill(pid, 'SIGKILL');
        if (pid !== undefined) killed.add(pid);
        expect(await health()).toBe('failing');
      },
      { within: 20_000 },
    );
    await keepPicture(page, 'killed');
    await eventually(async () => expect(await health()).toBe('ok'), { within: 20_000 });
    await node('shipping').click();
    expect(await textOf(part('panel'))).toMatch(/\d restarts?/);
    expect((await visit(checkout(), { method: 'POST' })).status).toBe(200);
  });

  it('switches everything off with one click', async () => {
    buyers();
    await edge('orders', 'payments').getByRole('button').click();
    await part('fault-switch-slow-payments').click();
    await eventually(async () => {
      expect(await textOf(part('active-bar'))).toContain('slow-payments');
    });
    await part('all-faults-off').click();
    await eventually(async () => {
      expect(await textOf(part('active-bar'))).not.toContain('slow-payments');
      expect(await readFile(shop.file, 'utf8')).toContain('enabled: false');
    });
  });

  it('says so when the engine is gone', async () => {
    await shop.close();
    await page
      .getByText(/not reachable/i)
      .first()
      .waitFor();
    // The refused connections are the browser's own report of it, and it goes on trying.
    await page.close();
    errors.splice(0);
  });

  /** Of the service's one instance; undefined while it is down. */
  function runningPid(service: string): number | undefined {
    const last = shop.events.findLast(({ instance }) => instance === `${service}-v1-0`);
    if (last) return last['status'] === 'ready' ? Number(last['pid']) : undefined;
    return shop.up.services.find(({ name }) => name === service)?.instances[0]?.pid;
  }

  /** Drags the thumb of a slider near to `percent`, and sets the rest by its arrow keys. */
  async function dragTo(thumb: Locator, percent: number): Promise<void> {
    const from = await thumb.boundingBox();
    const track = await thumb.locator('xpath=../..').boundingBox();
    if (!from || !track) throw new Error('the slider is not to be seen');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(track.x + (track.width * percent) / 100, from.y + from.height / 2, {
      steps: 8,
    });
    await page.mouse.up();
    for (let i = 0; i < 10; i++) {
      const value = Number(await thumb.getAttribute('aria-valuenow'));
      if (value === percent) return;
      await thumb.press(value < percent ? 'ArrowRight' : 'ArrowLeft');
    }
  }
});
