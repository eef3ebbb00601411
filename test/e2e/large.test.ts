import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { skipsBrowser, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';

const SERVICES = 310;
const TEAMS = 8;

/** Each service calls the next one of its team; the first ones are called by the first of all. */
function meshText(hasLabels: boolean): string {
  const lines = ['mesh: large', 'gateway: { port: 0, routes: [{ service: s0 }] }', 'services:'];
  for (let i = 0; i < SERVICES; i++) {
    const calls = [
      ...(i === 0 ? Array.from({ length: TEAMS - 1 }, (_, team) => `s${team + 1}`) : []),
      ...(i + TEAMS < SERVICES ? [`s${i + TEAMS}`] : []),
    ];
    lines.push(`  s${i}:`);
    if (hasLabels) lines.push(`    labels: { team: team${i % TEAMS} }`);
    lines.push('    stub: { latency: 1ms }', `    calls: [${calls.join(', ')}]`);
  }
  return lines.join('\n');
}

describe.skipIf(skipsBrowser)('a huge mesh in Chromium', () => {
  let browser: Browser;
  let stack: CloseStack;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(() => {
    stack = new CloseStack();
  });
  afterEach(async () => {
    await stack.close();
    expect(errors).toEqual([]);
  });

  const part = (id: string): Locator => page.getByTestId(id);

  async function open(text: string): Promise<void> {
    const mesh = stack.add(await runUp(await tempMesh(text)));
    ({ page, errors } = await openPage(browser, mesh.up.app.url));
    stack.add({ close: () => page.close() });
    await part('service-table').waitFor();
  }

  it('opens with its groups closed and the table beside them, says why, and remembers what is chosen', async () => {
    await open(meshText(true));
    expect(await part('first-look').textContent()).toContain('grouped by team');
    const areClosed = async (): Promise<void> =>
      eventually(async () => expect(await part('groups-toggle').textContent()).toBe('open all'));
    await areClosed();
    await part('graph').locator('canvas').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, `large-groups-${colorScheme}`);
    }
    await part('service-table').getByRole('button', { name: 's0', exact: true }).click();
    await eventually(async () => expect(await part('panel').textContent()).toContain('s0'));
    await part('first-look-close').click();
    await part('first-look').waitFor({ state: 'detached' });
    await page.reload();
    await part('service-table').waitFor();
    await areClosed();
    expect(await part('first-look').count()).toBe(0);
    // From close by, a closed group is a card.
    for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
    await page
      .getByTestId(/^node-group:team/)
      .first()
      .waitFor();
    await part('groups-toggle').click();
    await page
      .getByTestId(/^node-group:team/)
      .first()
      .waitFor({ state: 'detached' });
  });

  it('draws what is searched for alone where it has no labels, until all is asked for', async () => {
    await open(meshText(false));
    expect(await part('first-look').textContent()).toContain('no labels');
    await part('node-gateway').waitFor();
    expect(await page.getByTestId(/^node-s/).count()).toBe(0);
    await keepPicture(page, 'large-search');
    await part('service-table').getByRole('button', { name: 's1', exact: true }).click();
    for (const name of ['s0', 's1', 's9']) await part(`node-${name}`).waitFor();
    expect(await page.getByTestId(/^node-s/).count()).toBe(3);
    await page.keyboard.press('/');
    await page.keyboard.type('s300');
    await part('node-s300').waitFor();
    await part('node-s292').waitFor();
    expect(await part('first-look').count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Search services' }).fill('');
    await page.evaluate(() => void (location.hash = '#/mesh'));
    await part('draw-all').click();
    await part('first-look').waitFor({ state: 'detached' });
    await eventually(async () =>
      expect(await part('focus-toggle').getAttribute('aria-pressed')).toBe('false'),
    );
  });
});
