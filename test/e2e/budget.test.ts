/** The latency budget of a path, with a chain that is deep and a service that has spans of its own. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { skipsBrowser, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import { visit } from '../support/visit.ts';

const CHAIN = ['b', 'c', 'd', 'e', 'f'];

const MESH = `mesh: deep
gateway: { port: 0, routes: [{ service: traced }] }
services:
  traced: { command: node traced.mjs, calls: [b] }
${CHAIN.map((name, i) => {
  const next = CHAIN[i + 1];
  const calls = next === undefined ? '' : `calls: [${next}], `;
  const stub = next === undefined ? '{ latency: 5ms }' : `{ calls: [${next}] }`;
  return `  ${name}: { ${calls}stub: ${stub} }`;
}).join('\n')}
`;

/** Begins a span of its own, which no proxy sees, and calls b within it. */
const TRACED = `import { createServer } from 'node:http';
createServer(async (request, response) => {
  const [version, trace, , flags] = (request.headers.traceparent ?? '').split('-');
  const traceparent = [version, trace, '00f067aa0ba902b7', flags].join('-');
  const answer = await fetch(process.env.B_URL + '/', { headers: { traceparent } });
  response.end(await answer.text());
}).listen(process.env.PORT, '127.0.0.1');
`;

describe.skipIf(skipsBrowser)('a latency budget, in Chromium', () => {
  const stack = new CloseStack();
  let browser: Browser;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await openBrowser();
    stack.add({ close: () => browser.close() });
    const copy = await tempMesh(MESH);
    await writeFile(join(copy.folder, 'traced.mjs'), TRACED);
    const mesh = stack.add(await runUp(copy));
    ({ page, errors } = await openPage(browser, mesh.up.app.url));
    await part('node-traced').waitFor();
    for (let i = 0; i < 5; i++) await visit(mesh.up.gateway.url);
    await part('request-row').first().click();
    await part('waterfall-hop').first().waitFor();
  });
  afterAll(async () => {
    await stack.close();
    expect(errors).toEqual([]);
  });

  const part = (id: string): Locator => page.getByTestId(id);

  it('has the calls of a service that has spans of its own where they belong', async () => {
    expect(await part('waterfall-hop').count()).toBe(12);
    const call = part('waterfall-hop').filter({ hasText: 'traced → b' });
    expect(await call.textContent()).toContain('own span');
    await keepPicture(page, 'trace-own-span-light');
  });

  it('adds up the edge and every hop, and warns of a chain that is deep', async () => {
    await part('trace-in-graph').click();
    await part('budget-sum').waitFor();
    expect(await part('deep-chain').textContent()).toContain('6 hops, one behind the other');
    const rows = await part('budget').locator('tbody tr').allTextContents();
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatch(/^gateway.*5 ms$/);
    expect(rows[6]).toMatch(/^e → f.*1–2 ms$/);
    expect(await part('budget-sum').textContent()).toMatch(/11–17 ms$/);
    expect(await part('budget').textContent()).toContain('the median of 5 requests');
    await page.emulateMedia({ colorScheme: 'dark' });
    await keepPicture(page, 'budget-deep-dark');
  });
});
