import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { openShop } from '../support/app.ts';
import type { OpenApp } from '../support/app.ts';
import { skipsBrowser, keepPicture, openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { keepVisiting } from '../support/visit.ts';

/** WCAG 2.2, levels A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const SCREENS: Readonly<Record<string, (app: OpenApp) => Promise<void>>> = {
  mesh: (app) => show(app, '#/mesh', 'panel'),
  'a connection': (app) => show(app, '#/mesh/orders/payments', 'panel'),
  'a service beside the graph': (app) => show(app, '#/mesh/payments', 'open-service'),
  'a trace': (app) => request(app, 'timing', 'critical-path'),
  'messages that were captured': (app) => request(app, 'messages', 'message-response'),
  'the path of a request': async (app) => {
    await request(app, 'timing', 'critical-path');
    await app.part('trace-in-graph').click();
    await app.part('budget-sum').waitFor();
  },
  captures: async (app) => {
    await app.part('capture-menu').click();
    await app.page.getByRole('dialog', { name: 'Captures' }).waitFor();
  },
  document: (app) => show(app, '#/document/orders/payments', 'document-editor'),
  service: (app) => show(app, '#/service/payments', 'versions'),
  output: (app) => show(app, '#/service/orders?tab=logs', 'logs'),
  certificates: (app) => show(app, '#/service/orders?tab=identity', 'certificate'),
  environment: (app) => show(app, '#/service/orders?tab=environment', 'environment'),
  configuration: (app) => show(app, '#/service/orders?tab=configuration', 'yaml-view'),
  timeline: (app) => show(app, '#/timeline', 'timeline'),
  palette: (app) => press(app, 'Control+k'),
  shortcuts: (app) => press(app, '?'),
  export: (app) => press(app, 'Control+e'),
};

async function show(app: OpenApp, route: string, testId: string): Promise<void> {
  await app.go(route);
  await app.part(testId).first().waitFor();
}

/** Opens the newest request whose messages were captured. */
async function request(app: OpenApp, tab: string, testId: string): Promise<void> {
  await app.go('#/mesh');
  await app.page.getByRole('combobox', { name: 'Filter requests' }).fill('is:captured');
  await app.page.keyboard.press('Escape');
  if ((await app.part('waterfall').count()) === 0) await app.part('request-row').first().click();
  await app.part(`pane-${tab}`).click();
  await app.part(testId).waitFor();
}

async function press(app: OpenApp, keys: string): Promise<void> {
  await app.go('#/mesh');
  await app.page.locator('body').press(keys);
  await app.page.getByRole('dialog').waitFor();
}

describe.skipIf(skipsBrowser)('every screen', () => {
  const stack = new CloseStack();
  let browser: Browser;
  let app: OpenApp;
  let axe: string;

  beforeAll(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    browser = await openBrowser();
    stack.add({ close: () => browser.close() });
    const capture = 'capture:\n  - { name: all, from: gateway }\n';
    app = stack.add(await openShop(browser, (text) => `${text}${capture}`));
    stack.add(keepVisiting(`${app.shop.up.gateway.url}/api/checkout`, { method: 'POST' }));
    await eventually(
      async () => {
        expect(await app.part('request-row').count()).toBeGreaterThan(3);
      },
      { within: 30_000 },
    );
  });
  afterAll(() => stack.close());

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, open] of Object.entries(SCREENS)) {
      it(`${name}, ${colorScheme}, has nothing serious for axe`, async () => {
        await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await open(app);
        await keepPicture(app.page, `screen-${name.replaceAll(' ', '-')}-${colorScheme}`);
        expect(await findings()).toEqual([]);
        await app.page.keyboard.press('Escape');
      });
    }
  }

  /** What is serious or critical, each with the elements that it is about. */
  async function findings(): Promise<string[]> {
    await app.page.evaluate(axe);
    const options = { runOnly: { type: 'tag' as const, values: RULES } };
    const { violations } = await app.page.evaluate<AxeResults>(
      `axe.run(${JSON.stringify(options)})`,
    );
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const found = grave.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => ({
        id,
        target: target.join(' '),
        why: any[0]?.message ?? '',
      })),
    );
    const allowed = await Promise.all(found.map(({ id, target }) => isGraphs(id, target)));
    return found
      .filter((_one, i) => !allowed[i])
      .map(({ id, target, why }) => `${id}: ${target} ${why}`);
  }

  /**
   * What is as it should be in the graph alone. Its figures are no label that somebody would say: the
   * name tells them in words, which axe takes for another text. And how large a connection's label is,
   * the zoom decides: the palette and the table have the same connections in full size (WCAG 2.5.8,
   * the exception of an equivalent control). What is faded steps back because somebody has chosen to look
   * at something else; the table has it in full contrast.
   */
  async function isGraphs(id: string, target: string): Promise<boolean> {
    const graph = app.page.locator('[aria-label="Topology"]');
    if (id === 'color-contrast') {
      return (await graph.locator('[data-faded]').locator(target).count()) > 0;
    }
    if (id !== 'label-content-name-mismatch' && id !== 'target-size') return false;
    return (await graph.locator(target).count()) > 0;
  }
});
