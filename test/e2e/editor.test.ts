import { readFile, writeFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openShop } from '../support/app.ts';
import type { OpenApp } from '../support/app.ts';
import { skipsBrowser, keepPicture, openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';

/** The whole document is in sight: lines that are not are not drawn. */
const TALL = { width: 1280, height: 2400 };
const USUAL = { width: 1280, height: 800 };

describe.skipIf(skipsBrowser)('the document in the editor', () => {
  let browser: Browser;
  let app: OpenApp;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    app = await openShop(browser);
    await app.page.setViewportSize(TALL);
    await app.part('screen-document').click();
    await content().waitFor();
  });
  afterEach(async () => {
    await app.close();
    expect(app.errors).toEqual([]);
  });

  const content = (): Locator => app.part('document-editor').locator('.cm-content');
  const line = (text: string): Locator => content().locator('.cm-line', { hasText: text });
  const state = async (): Promise<string> => (await app.part('document-state').textContent()) ?? '';
  const onDisk = (): Promise<string> => readFile(app.shop.file, 'utf8');
  const applied = (): Promise<unknown> =>
    eventually(async () => expect(await state()).toBe('As it runs · saved'));

  /** Puts the cursor to the end of a line, and types. */
  async function typeAfter(text: string, typed: string): Promise<void> {
    await line(text).first().click();
    await app.page.keyboard.press('End');
    await app.page.keyboard.type(typed);
  }

  async function picture(name: string): Promise<void> {
    await app.page.setViewportSize(USUAL);
    await keepPicture(app.page, name);
    await app.page.setViewportSize(TALL);
  }

  it('applies what was typed with Ctrl-S, and keeps the rest to the byte', async () => {
    const before = await onDisk();
    await typeAfter('timeout: 2s', '500ms');
    await app.page.keyboard.press('Control+s');
    // 2s500ms is no duration: nothing is applied, and the place is told.
    await app.part('document-problems').waitFor();
    expect(await onDisk()).toBe(before);
    await app.page.keyboard.press('End');
    for (let i = 0; i < 7; i++) await app.page.keyboard.press('Backspace');
    await app.page.keyboard.type('3s');
    await app.page.keyboard.press('Control+s');
    await applied();
    expect(await onDisk()).toBe(before.replace('timeout: 2s', 'timeout: 3s'));
    await picture('editor');
  });

  it('offers the keys of the place, and says what a key means', async () => {
    await typeAfter('timeout: 2s', '\n');
    await app.page.keyboard.press('Control+Space');
    const options = app.page.locator('.cm-tooltip-autocomplete li');
    await options.filter({ hasText: 'outlierDetection' }).waitFor();
    await picture('editor-completion');
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('Control+z');
    await line('mesh: shop').locator('span', { hasText: 'mesh' }).first().hover();
    await app.page.locator('.cm-explanation', { hasText: 'The name of the mesh.' }).waitFor();
  });

  it("marks errors and warnings where they are, with the engine's words", async () => {
    await typeAfter('timeout: 2s', '\nretrys: 1');
    const problem = app.part('document-problems').locator('li');
    await problem.filter({ hasText: 'retrys' }).waitFor();
    expect(await problem.first().textContent()).toMatch(/\d+:5/);
    await content().locator('.cm-lintRange-error').first().waitFor();
    await picture('editor-problems');
    await app.part('document').getByRole('button', { name: 'Revert' }).click();
    await applied();
  });

  it('follows edits by mouse, and keeps what is being typed and its comments', async () => {
    await typeAfter('mesh: shop', ' # typed here');
    expect(await state()).toBe('Changed here, not applied');
    await switchFault();
    await eventually(async () => expect(await onDisk()).not.toMatch(/enabled: false\s+from/));
    await eventually(async () =>
      expect(await content().textContent()).not.toMatch(/enabled: false\s*from/),
    );
    expect(await line('# typed here').count()).toBe(1);
    await app.page.keyboard.press('Control+s');
    await applied();
    expect(await onDisk()).toMatch(/mesh: shop # typed here/);
  });

  it('asks which text is to be kept where both have changed a line', async () => {
    await typeAfter('timeout: 2s', ' # mine');
    const text = await onDisk();
    await writeFile(app.shop.file, text.replace('timeout: 2s', 'timeout: 5s'));
    await app.part('document-conflict').waitFor();
    await app.part('document-conflict').getByRole('button', { name: 'Show differences' }).click();
    await app.page.locator('.cm-deletedChunk').first().waitFor();
    await picture('editor-conflict');
    await app.part('document-conflict').getByRole('button', { name: 'Keep mine' }).click();
    await app.part('document-apply').click();
    await applied();
    expect(await onDisk()).toBe(text.replace('timeout: 2s', 'timeout: 2s # mine'));
  });

  it('shows a saved file that is refused where it is wrong, and takes what mends it', async () => {
    const good = await onDisk();
    const save = (text: string): Promise<void> => writeFile(app.shop.file, text);
    const broken = good.replace('timeout: 2s', 'timeout: soon');
    await save(broken);
    await app.part('document-refused').waitFor();
    expect(await state()).toBe('As it was saved, not applied');
    await line('timeout: soon').locator('.cm-lintRange-error').waitFor();
    await app.part('document-problems').waitFor();
    await picture('editor-refused');
    expect(await onDisk()).toBe(broken);
    await line('timeout: soon').locator('.cm-lintRange-error').dblclick();
    await app.page.keyboard.type('4s');
    await app.page.keyboard.press('Control+s');
    await applied();
    expect(await onDisk()).toBe(good.replace('timeout: 2s', 'timeout: 4s'));

    await save(broken);
    await app.part('document-refused').waitFor();
    await app.part('document-restore').click();
    await applied();
    expect(await onDisk()).toBe(good.replace('timeout: 2s', 'timeout: 4s'));

    // What is being written here is not thrown away for it.
    await typeAfter('mesh: shop', ' # mine');
    await save(broken);
    await app.part('document-show-refused').waitFor();
    expect(await line('# mine').count()).toBe(1);
    await app.part('document-show-refused').click();
    await line('timeout: soon').waitFor();
    expect(await line('# mine').count()).toBe(0);
    await save(good);
  });

  it('shows what is selected in the graph, and selects what the cursor is in', async () => {
    await app.part('node-inventory').click();
    await eventually(async () => {
      expect(await content().locator('.cm-chosen').first().textContent()).toContain('inventory:');
    });
    expect(app.page.url()).toContain('#/document/inventory');
    await content().press('Control+Home');
    await line('storefront:').first().click();
    await eventually(() => expect(app.page.url()).toContain('#/document/storefront'));
  });

  it('takes a text that is dropped into the window', async () => {
    const text = (await onDisk()).replace('timeout: 2s', 'timeout: 4s');
    const data = await app.page.evaluateHandle((dropped) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([dropped], 'other.yaml', { type: 'application/yaml' }));
      return transfer;
    }, text);
    await app.page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    await app.part('drop-target').waitFor();
    await app.page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await line('timeout: 4s').waitFor();
    expect(await state()).toBe('Changed here, not applied');
    await app.part('document-apply').click();
    await applied();
    expect(await onDisk()).toBe(text);
  });

  it('shows warnings of the document on every screen', async () => {
    const text = await onDisk();
    await writeFile(app.shop.file, text.replace('  rate: 6', '  rate: 0'));
    const warned = text.replace('mesh: shop', 'mesh: shop\nrateLimits: []');
    await writeFile(app.shop.file, warned.replace('from: orders', 'from: users'));
    await app.go('#/mesh');
    await app.part('warning-banner').waitFor();
    await picture('warning');
    await app
      .part('warning-banner')
      .getByRole('button', { name: /document/i })
      .click();
    await app.part('document-problems').locator('li').first().waitFor();
  });

  /** By the palette: as every act, this one is among its commands. */
  async function switchFault(): Promise<void> {
    await app.page.keyboard.press('Control+k');
    await app.page.getByLabel('Find a command').fill('switch fault slow-payments');
    await app.page.keyboard.press('Enter');
  }
});
