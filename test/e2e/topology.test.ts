import { readFile, writeFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { skipsBrowser, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';
import { visit } from '../support/visit.ts';

const MESH = `mesh: small
gateway:
  port: 0
  routes:
    - { path: /shop, service: web }
services:
  web:
    stub:
      latency: 2ms
      calls:
        - { service: catalog, required: false }
        - { service: orders, required: false }
    calls: [catalog, orders, archive]
  catalog:
    labels: { team: browse }
    stub: { statuses: { 200: 60, 404: 40 } }
  archive:
    labels: { team: browse }
    stub: { latency: 1ms }
  orders:
    labels: { team: buy }
    stub: { latency: 20ms, calls: [{ service: payments, required: false }] }
    calls: [payments]
  payments:
    labels: { team: buy }
    stub: { latency: 5ms }
    replicas: 2
traffic:
  payments:
    retry: { attempts: 1, on: [5xx] }
rateLimits:
  - { name: catalog-limit, to: catalog, match: { method: POST }, maxTokens: 1, tokensPerFill: 1, fillInterval: 1h }
faults:
  - { name: broken, enabled: false, from: orders, to: payments, abort: { status: 503, percentage: 50 } }
visitors:
  rate: 12
  requests: [GET /shop]
`;

describe.skipIf(skipsBrowser)('the graph in Chromium', () => {
  let browser: Browser;
  let stack: CloseStack;
  let mesh: RunningMesh;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    stack = new CloseStack();
    mesh = stack.add(await runUp(await tempMesh(MESH)));
    const opened = await openPage(browser, mesh.up.app.url);
    page = opened.page;
    errors = opened.errors;
    stack.add({ close: () => page.close() });
    await node('web').waitFor();
    await eventually(async () => expect(await textOf(edge('web', 'orders'))).toMatch(/\d\/s/));
  });

  afterEach(async () => {
    await stack.close();
    expect(errors).toEqual([]);
  });

  const node = (service: string): Locator => page.getByTestId(`node-${service}`);
  const edge = (from: string, to: string): Locator => page.getByTestId(`edge-${from}-${to}`);
  const part = (id: string): Locator => page.getByTestId(id);
  const textOf = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? '';
  const isThere = async (locator: Locator, there: boolean): Promise<void> =>
    eventually(async () => expect((await locator.count()) > 0).toBe(there));

  async function placeOf(locator: Locator): Promise<{ x: number; y: number }> {
    const box = await locator.boundingBox();
    if (!box) throw new Error('it is not to be seen');
    return { x: Math.round(box.x), y: Math.round(box.y) };
  }

  async function change(from: string, to: string): Promise<void> {
    const text = await readFile(mesh.file, 'utf8');
    expect(text).toContain(from);
    await writeFile(mesh.file, text.replace(from, to));
  }

  /** Drags by so many pixels of the screen. */
  async function drag(what: Locator, dx: number, dy: number): Promise<void> {
    const box = await what.boundingBox();
    if (!box) throw new Error('it is not to be seen');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + dx, y + dy, { steps: 6 });
    await page.mouse.up();
  }

  it('has all buttons of its bars in sight in a small window, grouped too', async () => {
    await part('group-by').selectOption('team');
    const stage = await page.getByRole('region', { name: 'Topology' }).boundingBox();
    for (const id of ['filter-unwell', 'groups-toggle', 'table-toggle', 'time-live']) {
      const box = await part(id).boundingBox();
      if (!box || !stage) throw new Error(`${id} is not to be seen`);
      expect(box.x).toBeGreaterThanOrEqual(stage.x);
      expect(box.x + box.width).toBeLessThanOrEqual(stage.x + stage.width);
    }
  });

  it('leaves out by idleness, rate, protocol and marks what is not asked for, and brings it back', async () => {
    await part('filter-idle').click();
    await isThere(node('archive'), false);
    await node('catalog').waitFor();
    await part('filter-clear').click();
    await node('archive').waitFor();

    await part('filter-rate').selectOption('100');
    await isThere(node('orders'), false);
    await part('filter-clear').click();
    await part('filter-protocol').selectOption('http/1.1');
    await isThere(node('archive'), false);
    await node('orders').waitFor();
    await part('filter-clear').click();

    await part('filter-marked').click();
    await isThere(node('orders'), false);
    await change('broken, enabled: false', 'broken');
    await node('payments').waitFor();
    await edge('orders', 'payments').getByLabel('abort fault').waitFor();
    await isThere(node('catalog'), false);
  });

  it('shows what is unwell by the thresholds of the service, which the document can change', async () => {
    await eventually(async () =>
      expect(await edge('web', 'catalog').getAttribute('data-health')).toBe('failing'),
    );
    await part('filter-unwell').click();
    await isThere(node('orders'), false);
    await change(
      'catalog:\n    labels:',
      'catalog:\n    healthThresholds: { clientErrors: { degraded: 70, failing: 90 } }\n    labels:',
    );
    await isThere(edge('web', 'catalog'), false);
    await part('filter-clear').click();
    expect(await node('catalog').getAttribute('data-health')).toBe('ok');
  });

  it('shows on edges what is chosen: percentiles or errors', async () => {
    for (const [metric, text] of [
      ['p99', / ms/],
      ['errors', / err/],
      ['p50', / ms/],
    ] as const) {
      await part('edge-metric').selectOption(metric);
      await eventually(async () => expect(await textOf(edge('web', 'orders'))).toMatch(text));
    }
  });

  it('groups by a label, makes one node of a group, and opens it again', async () => {
    await part('group-by').selectOption('team');
    await part('group-buy').waitFor();
    await keepPicture(page, 'topology-groups');
    await part('group-buy').click();
    const group = page.getByTestId('node-group:buy');
    await group.waitFor();
    await isThere(node('payments'), false);
    await eventually(async () => expect(await textOf(edge('web', 'group:buy'))).toMatch(/\d\/s/));
    await group.click();
    await node('payments').waitFor();
    await part('groups-toggle').click();
    await isThere(node('catalog'), false);
    await part('group-by').selectOption('');
    await node('catalog').waitFor();
    await isThere(part('group-buy'), false);
  });

  it('keeps what was dragged where it is, over a reload, until it is laid out anew', async () => {
    const before = await placeOf(node('payments'));
    const other = await placeOf(node('web'));
    await drag(node('payments'), -60, 50);
    const moved = await placeOf(node('payments'));
    expect(Math.abs(moved.x - before.x + 60)).toBeLessThanOrEqual(2);
    expect(Math.abs(moved.y - before.y - 50)).toBeLessThanOrEqual(2);
    expect(await placeOf(node('web'))).toEqual(other);
    // A drag is no click: nothing was selected.
    expect(await textOf(part('panel'))).toContain('Mesh');

    const distance = async (): Promise<number> =>
      (await placeOf(node('payments'))).y - (await placeOf(node('web'))).y;
    await eventually(async () => expect((await placeOf(node('payments'))).y).toBe(moved.y));
    await page.reload();
    await node('payments').waitFor();
    const kept = await distance();
    await part('reset-layout').click();
    await eventually(async () => expect(await distance()).not.toBe(kept));
  });

  it('moves nothing when a service comes', async () => {
    const names = ['gateway', 'web', 'catalog', 'orders', 'payments', 'archive'];
    const before = await Promise.all(names.map((name) => placeOf(node(name))));
    await change('services:\n', 'services:\n  fraud: { stub: { latency: 1ms } }\n');
    await node('fraud').waitFor({ state: 'attached' });
    expect(await Promise.all(names.map((name) => placeOf(node(name))))).toEqual(before);
  });

  it('can be paused, stepped back, and made live again', async () => {
    // Where requests flow only since now, the second that is shown, the last whole one, has none yet.
    await eventually(async () => {
      await part('time-live').click();
      await part('time-pause').click();
      await eventually(async () => expect(await textOf(edge('web', 'orders'))).toMatch(/\d\/s/), {
        within: 1_000,
      });
    });
    const first = await textOf(part('time-shown'));
    const frozen = await textOf(edge('web', 'orders'));
    await change('rate: 12', 'rate: 0.1');
    await eventually(
      async () => expect(await textOf(part('time-shown'))).not.toBe(first), // The span since then.
      { within: 10_000 },
    );
    expect(await textOf(edge('web', 'orders'))).toBe(frozen);
    await part('time-back').click();
    await page.keyboard.press(',');
    expect((await textOf(part('time-shown'))).slice(0, 8)).not.toBe(first.slice(0, 8));
    // Long before the mesh was there nothing flowed.
    await part('time-range').fill(String(Number(await part('time-range').getAttribute('min')) + 5));
    await eventually(async () => expect(await textOf(edge('web', 'orders'))).toContain('idle'));
    await keepPicture(page, 'topology-past');
    await part('time-live').click();
    expect(await part('time-live').getAttribute('aria-pressed')).toBe('true');
  });

  it('invents no requests: paused, those of the moment pass once, while others go on coming', async () => {
    await part('time-pause').click();
    const moving = async (): Promise<boolean> =>
      part('graph')
        .locator('canvas')
        .nth(1)
        .evaluate((canvas: HTMLCanvasElement) => {
          const { data } =
            canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
          return data?.some((value) => value > 0) ?? true;
        });
    await eventually(async () => expect(await moving()).toBe(false), { within: 15_000 });
    await part('time-live').click();
    await eventually(async () => expect(await moving()).toBe(true));
  });

  it('has a table beside it, to sort and to choose from', async () => {
    await part('table-toggle').click();
    const rows = part('service-table').getByRole('row');
    await eventually(async () => expect(await rows.count()).toBe(6));
    await part('sort-name').click();
    expect(await textOf(rows.nth(1))).toContain('archive');
    await part('service-table').getByRole('button', { name: 'payments' }).click();
    expect(await textOf(part('panel'))).toContain('payments');
    await keepPicture(page, 'topology-table');
    await page.getByRole('searchbox', { name: 'Search services' }).fill('ord');
    await eventually(async () => expect(await rows.count()).toBe(2));
  });

  it('fades what is not searched for, or lays out only what is', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('payments');
    await eventually(async () =>
      expect(await node('catalog').locator('xpath=..').getAttribute('data-faded')).toBe('true'),
    );
    await part('focus-toggle').click();
    await isThere(node('catalog'), false);
    await node('orders').waitFor();
    await part('focus-toggle').click();
    await node('catalog').waitFor();
  });

  it('has an overview of all while only a part is seen, and fits again', async () => {
    expect(await part('minimap').count()).toBe(0);
    for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
    await part('minimap').waitFor();
    const before = await placeOf(node('web'));
    await part('minimap')
      .locator('canvas')
      .click({ position: { x: 4, y: 20 } });
    await eventually(async () => expect(await placeOf(node('web'))).not.toEqual(before));
    await page.getByRole('button', { name: 'Fit the graph' }).click();
    await isThere(part('minimap'), false);
  });

  it('says on the edge why traffic does not flow: retries, rate limits, partitions', async () => {
    await change('broken, enabled: false', 'broken');
    await edge('orders', 'payments')
      .getByLabel(/^retries by broken, /)
      .waitFor();
    await edge('orders', 'payments').getByLabel('abort fault').waitFor();
    await change(
      'visitors:\n  rate: 12\n  requests: [GET /shop]',
      'visitors:\n  rate: 12\n  requests: [POST /catalog]',
    );
    await change(
      '    - { path: /shop, service: web }',
      '    - { path: /shop, service: web }\n    - { path: /catalog, service: catalog }',
    );
    await edge('gateway', 'catalog')
      .getByLabel(/^rate limited by catalog-limit, /)
      .waitFor();
    await change(
      'faults:\n',
      'faults:\n  - { name: cut, from: web, to: orders, partition: { percentage: 100 } }\n',
    );
    await edge('web', 'orders').getByLabel('partition fault').waitFor();
    expect((await visit(`${mesh.up.gateway.url}/nowhere`)).status).toBe(404);
    await node('gateway')
      .locator('xpath=..')
      .getByLabel(/^no route, /)
      .waitFor();
    await keepPicture(page, 'topology-marks');
  });

  it('is saved as SVG and as PNG', async () => {
    for (const [kind, first] of [
      ['svg', '<svg'],
      ['png', '\x89PNG'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        part(`save-${kind}`).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`small.${kind}`);
      const saved = await readFile(await download.path(), 'latin1');
      expect(saved.startsWith(first)).toBe(true);
      if (kind === 'svg')
        for (const name of ['web', 'payments']) expect(saved).toContain(`>${name}<`);
      else expect(saved.length).toBeGreaterThan(5_000);
    }
  });

  it('selects a line that is clicked, though it is only painted', async () => {
    // From the middle of the caller's right side a call leads to the right.
    const from = await node('gateway').boundingBox();
    const label = await edge('gateway', 'web').boundingBox();
    if (!from || !label) throw new Error('they are not to be seen');
    const y = label.y + label.height / 2;
    await page.mouse.click((from.x + from.width + label.x) / 2, y);
    expect(await edge('gateway', 'web').getAttribute('data-selected')).toBe('true');
  });
});
