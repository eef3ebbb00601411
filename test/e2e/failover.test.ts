import { afterAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { findChromium, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';

const stack = new CloseStack();
afterAll(() => stack.close());

const MESH = `mesh: zones
gateway: { port: 0, locality: eu/west/a, routes: [{ service: web }] }
services:
  web: { stub: {}, replicas: 4, locality: [eu/west/a, eu/west/b] }
traffic:
  web:
    outlierDetection: { consecutive5xx: 1, baseEjectionTime: 1h, maxEjectionTime: 1h, maxEjectionPercent: 100 }
    retry: { attempts: 3, on: [5xx] }
faults:
  - { name: broken, to: web, instance: web-v1-0, abort: { status: 503 } }
visitors: { rate: 20, requests: [GET /] }
`;

describe.runIf(findChromium() !== undefined)('the app', () => {
  it('shows where the requests of a connection go instead, and why', async () => {
    const mesh = stack.add(await runUp(await tempMesh(MESH)));
    const browser = await openBrowser();
    stack.add({ close: () => browser.close() });
    const { page, errors } = await openPage(browser, mesh.up.app.url);
    await page.locator('[data-testid="edge-gateway-web"] button').click();
    const panel = page.locator('section', { hasText: 'Failed over' });
    await eventually(async () => {
      const text = await panel.innerText();
      expect(text).toContain('web-v1-0 is left out: consecutive 5xx');
      expect(text).toMatch(/eu\/west\/b\s+30 ?%\s+2 of 2/);
      expect(text).toMatch(/eu\/west\/a\s+70 ?%\s+1 of 2/);
    });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, `failover-${colorScheme}`);
    }
    expect(errors).toEqual([]);
  });
});
