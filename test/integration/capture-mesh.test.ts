import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edit, RequestSummary } from '../../src-main/api/contract/index.ts';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { RpcClient } from '../support/rpc-client.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';
import { visit } from '../support/visit.ts';

const stack = new CloseStack();
let shop: Shop;
let client: RpcClient;

beforeAll(async () => {
  shop = stack.add(await startShop());
  client = stack.add(await RpcClient.connect(shop.up.app.url));
});
afterAll(() => stack.close());

async function edit(change: Edit): Promise<void> {
  const { document } = await client.call('subscribe', {});
  await client.call('edit', { base: document.version, edit: change });
}

function ask(who: string): Promise<unknown> {
  const headers = { authorization: 'Bearer s3cr3t', 'content-type': 'application/json' };
  const body = JSON.stringify({ sku: 'lamp-arc', quantity: 1, token: 's3cr3t' });
  const url = `${shop.up.gateway.url}/api/cart/items?who=${who}`;
  return visit(url, { method: 'POST', headers, body });
}

function requests(filter: string, count: number): Promise<RequestSummary[]> {
  return eventually(async () => {
    const { items } = await client.call('requests', { filter, limit: 100 });
    return items.length >= count && items;
  });
}

describe('a capture in a running mesh', () => {
  it('brings so many requests without their secrets, and is then over', async () => {
    const value = { name: 'cart', from: 'gateway', to: 'storefront', requests: 2 };
    await edit({ kind: 'put-policy', place: ['capture', { named: 'cart' }], value });
    for (let i = 0; i < 4; i++) await ask('masked');
    await requests('path:*who=masked', 4);
    const found = await requests('path:*who=masked is:captured', 2);
    expect(found).toHaveLength(2);
    const [{ traceId, spanId }] = found as [RequestSummary];
    const trace = await client.call('trace', { traceId });
    expect(trace.hops.filter(({ captured }) => captured).map((hop) => hop.spanId)).toEqual([
      spanId,
    ]);
    const exchange = await client.call('exchange', { traceId, spanId, revealed: true });
    expect(exchange).toMatchObject({ masked: true, canReveal: false, capture: 'cart' });
    const text = Buffer.from(exchange.request.body, 'base64').toString();
    expect(text).toBe('{"sku":"lamp-arc","quantity":1,"token":"***"}');
    expect(exchange.request.headers).toContainEqual(['authorization', 'Bearer ***']);
    expect(JSON.stringify(exchange) + text).not.toContain('s3cr3t');
    expect(exchange.response?.status).toBeGreaterThanOrEqual(200);
    const { captures } = await client.call('subscribe', {});
    expect(captures).toEqual([{ name: 'cart', count: 2, isSpent: true, lost: 0 }]);
  });

  it('shows secrets that were kept only to who asks for them', async () => {
    const value = { name: 'cart', from: 'gateway', to: 'storefront', masked: false };
    await edit({ kind: 'put-policy', place: ['capture', { named: 'cart' }], value });
    await ask('open');
    const [{ traceId, spanId }] = (await requests('path:*who=open is:captured', 1)) as [
      RequestSummary,
    ];
    const shown = await client.call('exchange', { traceId, spanId, revealed: false });
    expect(shown).toMatchObject({ masked: true, canReveal: true });
    expect(Buffer.from(shown.request.body, 'base64').toString()).not.toContain('s3cr3t');
    const revealed = await client.call('exchange', { traceId, spanId, revealed: true });
    expect(revealed.masked).toBe(false);
    expect(revealed.request.headers).toContainEqual(['authorization', 'Bearer s3cr3t']);
  });

  it('takes nothing any more once it is gone from the document', async () => {
    await edit({ kind: 'remove-policy', place: ['capture', { named: 'cart' }] });
    await ask('gone');
    const [request] = await requests('path:*who=gone', 1);
    expect(request?.captured).toBe(false);
  });
});
