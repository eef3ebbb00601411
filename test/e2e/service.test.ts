import { readFile, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { openShop } from '../support/app.ts';
import type { OpenApp } from '../support/app.ts';
import { skipsBrowser, keepPicture, openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { keepVisiting } from '../support/visit.ts';

describe.skipIf(skipsBrowser)('the page of a service, and the timeline', () => {
  let browser: Browser;
  let stack: CloseStack;
  let app: OpenApp;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    stack = new CloseStack();
    app = stack.add(
      await openShop(browser, (text) =>
        text.replace(
          '  orders:\n',
          '  orders:\n    env: { DB_PASSWORD: hunter2, MODE: dev, DB: "postgres://a:hunter2@db" }\n',
        ),
      ),
    );
  });
  afterEach(async () => {
    await stack.close();
    expect(app.errors).toEqual([]);
  });

  function buyers(): void {
    stack.add(keepVisiting(`${app.shop.up.gateway.url}/api/checkout`, { method: 'POST' }));
  }

  it('opens from the graph, with figures, versions and endpoints', async () => {
    buyers();
    await app.part('node-payments').click();
    await app.part('open-service').click();
    expect(app.page.url()).toContain('#/service/payments');
    await eventually(async () => {
      const rows = await app.part('versions').locator('tbody tr').allTextContents();
      expect(rows).toHaveLength(2);
      expect(rows[0]).toMatch(/^v1190 %[1-9.]/);
    });
    expect(await app.part('endpoints').locator('tbody tr').count()).toBe(2);
    await app.page.locator('figure', { hasText: 'Latency' }).locator('canvas').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await app.page.emulateMedia({ colorScheme });
      await keepPicture(app.page, `service-${colorScheme}`);
    }
  });

  it('merges the output of the instances, with search and levels', async () => {
    buyers();
    await app.go('#/service/orders?tab=logs');
    await app.part('log-line').first().waitFor();
    await app.part('logs-search').fill('POST');
    await eventually(async () => {
      const lines = await app.part('log-line').allTextContents();
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => !line.includes('POST'))).toEqual([]);
    });
    await app.part('logs-level').selectOption('error');
    await eventually(async () => expect(await app.part('log-line').count()).toBe(0));
    await keepPicture(app.page, 'service-logs');
  });

  it('shows certificates up to the authority, the environment without secrets, and the configuration', async () => {
    await app.go('#/service/orders?tab=identity');
    await eventually(async () => {
      const text = await app.part('certificate').textContent();
      expect(text).toContain('spiffe://shop.local/ns/default/sa/orders');
      expect(text).toContain('Authority of the mesh');
      expect(text).toMatch(/renewed in \d+ min/);
    });
    await keepPicture(app.page, 'service-identity');

    await app.part('tab-environment').click();
    await eventually(async () => {
      const text = (await app.part('environment').textContent()) ?? '';
      expect(text).toContain('PAYMENTS_URL');
      expect(text).toContain('postgres://a:••••••••@db');
      expect(text).not.toContain('hunter2');
    });
    expect(app.page.url()).toContain('tab=environment');

    await app.part('tab-configuration').click();
    const yaml = app.part('yaml-view').locator('.cm-content');
    await yaml.waitFor();
    expect(await yaml.textContent()).toContain('version:');
    await keepPicture(app.page, 'service-configuration');
  });

  it('tells what matters, notes it in the timeline, and leads there by a link', async () => {
    const pid = app.shop.up.services.find(({ name }) => name === 'shipping')?.instances[0]?.pid;
    process.kill(pid ?? Number.NaN, 'SIGKILL');
    const notice = app.part('toast').filter({ hasText: 'shipping-v1-0 is down' });
    await notice.waitFor();
    expect(await app.part('screen-timeline').textContent()).toMatch(/1/);
    await keepPicture(app.page, 'notice');
    await notice.getByRole('button', { name: 'Timeline' }).click();
    const chosen = app.part('timeline-event').and(app.page.locator('[aria-pressed="true"]'));
    await chosen.waitFor();
    expect(await chosen.textContent()).toContain('shipping-v1-0');
    expect(app.page.url()).toMatch(/#\/timeline\?at=\d+$/);
    await app.page.reload();
    await chosen.waitFor();
    await app.page.goBack();
  });

  it('notes a refused document in the timeline, and each edit', async () => {
    const good = await readFile(app.shop.file, 'utf8');
    await writeFile(
      app.shop.file,
      good.replace('  inventory:\n', '  inventory:\n    replica: 2\n'),
    );
    await app.part('problem-banner').waitFor();
    await writeFile(app.shop.file, good.replace('timeout: 2s', 'timeout: 3s'));
    await app.go('#/timeline');
    const events = app.part('timeline-event');
    await events.filter({ hasText: 'is refused' }).waitFor();
    await events.filter({ hasText: 'was saved and is applied' }).waitFor();
    await app.page.getByRole('button', { name: 'Edits', exact: true }).click();
    await eventually(async () => expect(await events.count()).toBe(1));
    for (const colorScheme of ['light', 'dark'] as const) {
      await app.page.emulateMedia({ colorScheme });
      await keepPicture(app.page, `timeline-${colorScheme}`);
    }
  });

  it('keeps the sizes that panels were dragged to, and goes back', async () => {
    const panel = app.part('panel');
    const before = (await panel.boundingBox())?.width ?? 0;
    const edge = await app.part('resize-side').boundingBox();
    if (!edge) throw new Error('the edge is not to be seen');
    await app.page.mouse.move(edge.x, 400);
    await app.page.mouse.down();
    await app.page.mouse.move(edge.x - 100, 400, { steps: 5 });
    await app.page.mouse.up();
    const widthNow = async (): Promise<number> => (await panel.boundingBox())?.width ?? 0;
    expect(Math.abs((await widthNow()) - before - 100)).toBeLessThan(4);
    await app.page.reload();
    await panel.waitFor();
    expect(Math.abs((await widthNow()) - before - 100)).toBeLessThan(4);
    await app.part('resize-side').focus();
    await app.page.keyboard.press('Home');
    expect(Math.abs((await widthNow()) - before)).toBeLessThan(4);

    await app.page.keyboard.press('2');
    await app.part('document').waitFor();
    await app.page.goBack();
    await panel.waitFor();
  });

  it('offers a tour, which can be skipped, and does so once', async () => {
    await app.part('tour-start').click();
    for (let step = 1; step <= 6; step++) {
      await app.part('tour').getByText(`${step} of 6`).waitFor();
      await keepPicture(app.page, `tour-${step}`);
      await app.part('tour-next').click();
    }
    await app.part('tour').waitFor({ state: 'detached' });
    expect(await app.part('tour-offer').count()).toBe(0);
    await app.page.reload();
    await app.part('panel').waitFor();
    expect(await app.part('tour-offer').count()).toBe(0);
  });
});
