import { readFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { skipsBrowser, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import { keepVisiting } from '../support/visit.ts';

/** The second version fails each fourth time, and says something else when it does not. */
const MESH = `mesh: post
gateway: { port: 0, routes: [{ service: desk }] }
services:
  desk:
    stub: { calls: [{ service: letters, path: /send, method: POST }] }
    calls: [letters]
  letters:
    versions:
      v1: { stub: { latency: 5ms, body: { sent: true } } }
      v2: { stub: { latency: 20ms, body: { sent: 1 }, statuses: { 200: 75, 500: 25 } } }
  audit:
    stub: { body: { seen: true } }
traffic:
  letters:
    split: { v1: 100 }
  desk: # a copy of all, for the files
    mirror: { service: audit }
`;

describe.skipIf(skipsBrowser)('a mirror in the app', () => {
  let browser: Browser;
  const stack = new CloseStack();

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterEach(() => stack.close());
  afterAll(() => browser.close());

  it('is switched on by mouse, and tells how the answers differ, of the edge and of a request', async () => {
    const mesh = stack.add(await runUp(await tempMesh(MESH)));
    const { page, errors } = await openPage(browser, mesh.up.app.url);
    stack.add({ close: () => page.close() });
    const part = (id: string): Locator => page.getByTestId(id);
    stack.add(keepVisiting(mesh.up.gateway.url));

    await part('node-letters').click();
    await part('mirror-switch').click();
    await part('mirror-input').waitFor();
    expect(await part('mirror-input').inputValue()).toBe('10');
    expect(await readFile(mesh.file, 'utf8')).toContain('mirror: { version: v2, percentage: 10 }');
    await keepPicture(page, 'mirror-control');
    await part('mirror-input').fill('100');
    await eventually(async () => {
      expect(await readFile(mesh.file, 'utf8')).toContain('    mirror: { version: v2 }\n');
    });

    await part('edge-desk-letters').getByRole('button').click();
    await eventually(
      async () => {
        const told = (await part('mirror-figures').textContent()) ?? '';
        // A fourth has another status; all others have another body. It is the last five seconds.
        expect(told).toMatch(/Other status[123]\d %/);
        expect(told).toMatch(/Other body[678]\d %/);
      },
      { within: 20_000 },
    );
    const edge = part('edge-desk-letters');
    const mark = { name: /^mirrored, / };
    expect(await edge.getByRole('img', mark).count()).toBe(1);
    expect(await edge.getByRole('button').getAttribute('aria-label')).toContain('mirrored');
    expect(await edge.getByRole('button').getAttribute('aria-label')).toContain('errors 0');
    await part('edge-gateway-audit').getByRole('img', mark).waitFor();
    await keepPicture(page, 'mirror-edge-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await keepPicture(page, 'mirror-edge-dark');

    await part('request-row').first().click();
    const shadow = part('waterfall')
      .getByTestId('waterfall-hop')
      .filter({ hasText: /other (status|body)/ });
    await shadow.first().waitFor();
    await shadow.first().getByRole('button').first().click();
    expect(await shadow.first().textContent()).toContain('the caller got 200, the shadow');
    await keepPicture(page, 'mirror-waterfall-dark');

    await part('node-letters').click();
    await part('mirror-switch').click();
    await eventually(async () => {
      expect(await readFile(mesh.file, 'utf8')).toBe(MESH);
    });
    expect(errors).toEqual([]);
  });
});
