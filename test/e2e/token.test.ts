/** Where the app keeps the engine's token, and how links work in other tabs. */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { skipsBrowser, keepPicture, openBrowser } from '../support/browser.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';

const MESH = `mesh: post
gateway: { port: 0, routes: [{ service: desk }] }
services:
  desk: { stub: { body: { ok: true } } }
`;

describe.skipIf(skipsBrowser)("the engine's token in the browser", () => {
  const stack = new CloseStack();
  let browser: Browser;
  let context: BrowserContext;
  let mesh: RunningMesh;
  let token: string;
  let link: string;

  beforeAll(async () => {
    browser = await openBrowser();
    stack.add({ close: () => browser.close() });
    mesh = stack.add(await runUp(await tempMesh(MESH)));
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const { origin, hash } = new URL(mesh.up.app.url);
    token = decodeURIComponent(hash.replace('#token=', ''));
    link = `${origin}/#/mesh/desk`;
  });
  afterAll(() => stack.close());

  it('is in no cookie, in nothing that outlives the tab, and out of sight', async () => {
    const page = await context.newPage();
    await page.goto(mesh.up.app.url);
    await page.getByTestId('node-desk').waitFor();
    const kept = await page.evaluate(() => JSON.stringify(localStorage));
    expect(token.length).toBeGreaterThan(30);
    expect(kept).not.toContain(token);
    expect(page.url()).not.toContain(token);
    expect(await context.cookies()).toEqual([]);
  });

  it('opens a link in another tab while one is open, and after a reload', async () => {
    const page = await context.newPage();
    await page.goto(link);
    await page.getByTestId('open-service').waitFor();
    await page.reload();
    await page.getByTestId('open-service').waitFor();
  });

  it('is gone with the last tab: a link then says how to get in, and does when there is one', async () => {
    for (const page of context.pages()) await page.close();
    const page = await context.newPage();
    await page.goto(link);
    await page.getByText('Open the address that Faultline printed').waitFor();
    await keepPicture(page, 'token-locked');
    const other = await context.newPage();
    await other.goto(mesh.up.app.url);
    await page.getByTestId('open-service').waitFor();
  });
});
