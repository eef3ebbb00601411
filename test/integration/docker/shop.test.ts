/** The shop of the README as containers: the same document, one line more. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasEngine } from '../../support/docker/engine.ts';
import { nodeImage } from '../../support/docker/images.ts';
import { copyShop } from '../../support/shop.ts';
import { runUp } from '../../support/up.ts';
import type { RunningMesh } from '../../support/up.ts';
import { visit, visitMany } from '../../support/visit.ts';

describe.skipIf(!hasEngine)('the shop as containers', { timeout: 180_000 }, () => {
  let shop: RunningMesh;
  beforeAll(async () => {
    const image = await nodeImage();
    const asContainers = `runtime: docker\ncontainer: { image: '${image}' }\n$&`;
    const copy = await copyShop((text) => text.replace('gateway:\n', asContainers));
    shop = await runUp(copy, { FAULTLINE_SIDECAR_BASE: image });
  }, 180_000);
  afterAll(() => shop.close());

  it('serves its page, made by at least five services', async () => {
    const { status, body } = await visit(shop.up.gateway.url);
    expect(status).toBe(200);
    expect(body).toContain('lamp');
  });

  it('sells', async () => {
    const url = `${shop.up.gateway.url}/api/checkout`;
    const sold = await visitMany(20, 4, url, { method: 'POST' });
    expect(sold.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });
});
