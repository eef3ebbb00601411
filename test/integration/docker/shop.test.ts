/** The shop of the README as containers: the same document, one line more. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasEngine } from '../../support/docker/engine.ts';
import { nodeImage } from '../../support/docker/images.ts';
import { copyShop } from '../../support/shop.ts';
import { runUp } from '../../support/up.ts';
import type { RunningMesh } from '../../support/up.ts';
import { eventually } from '../../support/eventually.ts';
import { RpcClient } from '../../support/rpc-client.ts';
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

  it('shows each request whole: hops of containers on both sides, over mutual TLS', async () => {
    const client = await RpcClient.connect(shop.up.app.url);
    try {
      await client.call('subscribe', {});
      const probe = '/api/checkout?probe=1';
      await visit(`${shop.up.gateway.url}${probe}`, { method: 'POST' });
      const { traceId } = await eventually(() => {
        const told = client.deltas.flatMap((one) => (one.kind === 'requests' ? one.items : []));
        return told.find(({ path }) => path === probe) ?? false;
      });
      const { hops } = await client.call('trace', { traceId });
      const services = new Set(hops.map(({ destination }) => destination));
      expect([...services]).toEqual(
        expect.arrayContaining(['storefront', 'orders', 'payments', 'inventory', 'shipping']),
      );
    } finally {
      await client.close();
    }
  });
});
