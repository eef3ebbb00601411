import { readFile, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { openShop } from '../support/app.ts';
import type { OpenApp } from '../support/app.ts';
import { skipsBrowser, keepPicture, openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { keepVisiting } from '../support/visit.ts';

describe.skipIf(skipsBrowser)('a rollout in Chromium', () => {
  let browser: Browser;
  let stack: CloseStack;
  let app: OpenApp;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    stack = new CloseStack();
    app = stack.add(await openShop(browser));
    stack.add(keepVisiting(`${app.shop.up.gateway.url}/api/checkout`, { method: 'POST' }));
    await app.part('node-payments').click();
    await app.part('ramp-open').click();
  });

  afterEach(async () => {
    await stack.close();
    expect(app.errors).toEqual([]);
  });

  const document = (): Promise<string> => readFile(app.shop.file, 'utf8');
  const status = async (): Promise<string> =>
    (await app.part('rollout-status').textContent()) ?? '';
  const shares = async (): Promise<string[]> =>
    Promise.all(['v1', 'v2'].map((one) => app.part(`split-input-${one}`).inputValue()));

  async function start(fields: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await app.part(`ramp-${name}`).fill(value);
    await app.part('ramp-start').click();
    await app.part('rollout').waitFor();
  }

  it('ramps a version up in steps; it is paused, goes on, is finished at once, and rolled back', async () => {
    const before = await document();
    await start({ until: '80', step: '20', interval: '2' });
    await eventually(async () => expect(await shares()).toEqual(['50', '50']), { within: 10_000 });
    await app.part('rollout-pause').click();
    await eventually(async () => expect(await status()).toBe('paused'));
    const paused = await shares();
    for (const colorScheme of ['light', 'dark'] as const) {
      await app.page.emulateMedia({ colorScheme });
      await keepPicture(app.page, `rollout-${colorScheme}`);
    }
    expect(await app.part('active-bar').textContent()).toContain('v2 to 80 %, paused');
    await app.part('rollout-resume').click();
    await eventually(async () => expect(await status()).toMatch(/^next step/));
    expect(await shares()).toEqual(paused);
    await app.part('rollout-finish').click();
    await eventually(async () => expect(await shares()).toEqual(['20', '80']));
    await eventually(async () => expect(await status()).toBe('done'));
    expect(await document()).toMatch(/v2: 80/);
    await app.part('rollout-back').click();
    await eventually(async () => expect(await document()).toBe(before));
    // The app is told a moment after the file is.
    await eventually(async () => expect(await status()).toBe('rolled back: rolled back by hand'));
    await app.part('rollout-dismiss').click();
    await app.part('rollout').waitFor({ state: 'detached' });
  });

  it('is rolled back by itself where the version fails more than is borne', async () => {
    const fault = `  - { name: v2-broken, from: orders, to: payments, toVersion: v2, abort: { status: 503, percentage: 100 } }\n`;
    const text = await document();
    await writeFile(
      app.shop.file,
      text.replace(/^faults:\n/m, (found) => found + fault),
    );
    await app.part('active-bar').getByText('v2-broken').first().waitFor();
    await app.part('node-payments').click();
    if ((await app.part('ramp-form').count()) === 0) await app.part('ramp-open').click();
    await start({ until: '100', step: '50', interval: '60', errors: '10' });
    await eventually(async () => expect(await status()).toMatch(/^rolled back: .*failed$/), {
      within: 20_000,
    });
    expect(await document()).not.toMatch(/v2: 50/);
    await keepPicture(app.page, 'rollout-rolled-back');
  });

  it('says what keeps a ramp from being one', async () => {
    await app.part('ramp-until').fill('10');
    expect(await app.part('ramp-form').textContent()).toContain('v2 has 10 % already.');
    expect(await app.part('ramp-start').isDisabled()).toBe(true);
  });
});
