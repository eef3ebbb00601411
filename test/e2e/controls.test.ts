import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { FAULT_KINDS, POLICY_KINDS } from '../../src-main/spec/policies/kinds.ts';
import type { PolicyKind } from '../../src-main/spec/policies/kinds.ts';
import { skipsBrowser, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';

const SERVER = `require("http").createServer((q, s) => s.end("ok")).listen(process.env.PORT)`;
const MESH = `mesh: desk
gateway: { port: 0, routes: [{ service: front }] }
services:
  front:
    stub:
      calls: [{ service: letters, required: false }, { service: post, required: false }]
    calls: [letters, post]
  letters: # in two ways
    versions:
      v1: { stub: { latency: 2ms } }
      v2: { stub: { latency: 2ms } }
  post:
    command: [node, -e, '${SERVER}']
visitors:
  rate: 4
  requests: [GET /]
`;

const isFault = (kind: PolicyKind): boolean => (FAULT_KINDS as readonly string[]).includes(kind);
/** `connectionRefused` as `connection refused`. */
const words = (kind: string): string =>
  kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

describe.skipIf(skipsBrowser)('the controls in Chromium', () => {
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
    await part('node-letters').waitFor();
  });

  afterEach(async () => {
    await stack.close();
    expect(errors).toEqual([]);
  });

  const part = (id: string): Locator => page.getByTestId(id);
  const document = (): Promise<string> => readFile(mesh.file, 'utf8');
  const go = (route: string): Promise<void> =>
    page.evaluate((hash) => void (location.hash = hash), route);
  const textOf = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? '';

  /** Types anew, as a person would, what the form begins with in its first field of text. */
  async function typeFirstField(): Promise<void> {
    const field = part('policy-form').locator('input[type=text], input[type=number]').first();
    if ((await field.count()) === 0) return;
    const value = await field.inputValue();
    await field.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
    expect(await field.inputValue()).toBe(value);
  }

  /** Opens the form by its menu, and sends it off; the text of the forecast. */
  async function add(menu: string, kind: PolicyKind): Promise<string> {
    await part(menu).focus();
    await page.keyboard.press('Enter');
    await part(`add-${kind}-item`).focus();
    await page.keyboard.press('Enter');
    await part('policy-form').waitFor();
    await typeFirstField();
    const save = part(isFault(kind) ? 'fault-save' : 'policy-save');
    await eventually(async () => expect([kind, await save.isEnabled()]).toEqual([kind, true]));
    const forecast = await textOf(part('preview'));
    await save.press('Enter');
    await part('policy-form').waitFor({ state: 'detached' });
    return forecast;
  }

  async function undo(): Promise<void> {
    // In a field of a form it would undo what was typed there.
    await part('policy-form').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await eventually(async () => expect(await document()).toBe(MESH));
  }

  it('inject every fault by keyboard, say what it will do, show it on the edge, and take it back', async () => {
    await go('#/mesh/front/letters');
    for (const kind of FAULT_KINDS) {
      const forecast = await add('add-fault', kind);
      expect(forecast).toContain('front → letters');
      await eventually(async () => expect(await document()).toMatch(new RegExp(`\\b${kind}:`)));
      await part('edge-front-letters')
        .getByLabel(`${words(kind)} fault`)
        .waitFor();
      await undo();
      await part('edge-front-letters')
        .getByLabel(`${words(kind)} fault`)
        .waitFor({ state: 'detached' });
    }
  }, 300_000);

  it('add every policy by keyboard, and take it back', async () => {
    await go('#/mesh/letters');
    for (const kind of POLICY_KINDS.filter((one) => !isFault(one))) {
      expect(await add('add-policy', kind)).toContain('letters');
      await eventually(async () => expect(await document()).not.toBe(MESH));
      await undo();
    }
  }, 300_000);

  it('say from when on a service is unwell, where it is, and when it is asked', async () => {
    await go('#/mesh/letters');
    await part('add-healthThresholds').press('Enter');
    await part('policy-clientErrors-degraded').fill('35');
    await keepPicture(page, 'controls-thresholds');
    await part('policy-save').press('Enter');
    await eventually(async () => expect(await document()).toMatch(/clientErrors:.*degraded: 35/s));
    await undo();
    await part('add-locality').press('Enter');
    await part('policy-form').getByRole('textbox').first().fill('eu/west/b');
    await part('policy-save').press('Enter');
    await eventually(async () => expect(await document()).toMatch(/locality: \[? ?eu\/west\/b/));
    await undo();
    await part('add-priority').press('Enter');
    await part('policy-save').press('Enter');
    await eventually(async () => expect(await document()).toMatch(/priority: \[ ?0, 1 ?\]/));
    await undo();
  });

  it('pause an instance by its menu and let it go on, and kill one that is dragged there', async () => {
    await go('#/mesh/post');
    const menu = part('instance-menu-post-v1-0');
    await menu.press('Enter');
    await page.getByRole('menuitem', { name: /^Pause/ }).press('Enter');
    await eventually(async () => expect(await document()).toContain('action: pause'));
    await part('node-post')
      .locator('xpath=..')
      .getByLabel(/^pause on purpose/)
      .waitFor();
    await menu.press('Enter');
    await page.getByRole('menuitem', { name: /^Resume/ }).press('Enter');
    await eventually(async () => expect(await document()).not.toContain('action: pause'));

    const row = part('instance-post-v1-0');
    await row.scrollIntoViewIfNeeded();
    const from = await row.boundingBox();
    if (!from) throw new Error('the instance is not to be seen');
    const grab = async (): Promise<void> => {
      await page.mouse.move(from.x + 30, from.y + 10);
      await page.mouse.down();
      await page.mouse.move(from.x + 20, from.y + 40, { steps: 4 });
      await part('instance-tray').waitFor();
    };
    await grab();
    await page.keyboard.press('Escape');
    await part('instance-tray').waitFor({ state: 'detached' });
    await page.mouse.up();
    await grab();
    const target = await part('instance-tray').locator('[data-drop=kill]').boundingBox();
    if (!target) throw new Error('there is nothing to drop it on');
    await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 6 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, `controls-drag-${colorScheme}`);
    }
    await page.mouse.up();
    await eventually(async () => expect(await document()).toContain('action: kill'));
    await eventually(async () => expect(await textOf(row)).toContain('1 restart'), {
      within: 15_000,
    });
  });

  it('lead from the bar of what is active to its form, and switch all of it off', async () => {
    await go('#/mesh/front/letters');
    await add('add-fault', 'delay');
    await go('#/mesh');
    const bar = part('active-bar');
    await bar.getByRole('button', { name: /^delay-front-letters/ }).press('Enter');
    await part('policy-form').waitFor();
    expect(await textOf(part('policy-form'))).toContain('front → letters');
    await page.keyboard.press('Escape');
    await part('policy-form').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+X');
    await eventually(async () => expect(await document()).toContain('enabled: false'));
    await eventually(async () => expect(await textOf(bar)).not.toContain('delay-front-letters'));
    expect(await part('all-faults-off').isDisabled()).toBe(true);
  });
});
