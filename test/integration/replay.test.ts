/** Requests that are sent by hand: into a running mesh, by the way that their callers' requests take. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingRequest, SentRequest } from '../../src-main/api/contract/index.ts';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { RpcClient } from '../support/rpc-client.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';

const stack = new CloseStack();
let shop: Shop;
let client: RpcClient;

beforeAll(async () => {
  shop = stack.add(await startShop());
  client = stack.add(await RpcClient.connect(shop.up.app.url));
});
afterAll(() => stack.close());

function send(given: Partial<OutgoingRequest> = {}): Promise<SentRequest> {
  return client.call('send', {
    from: 'gateway',
    to: 'storefront',
    protocol: 'http/1.1',
    method: 'GET',
    path: '/api/cart',
    headers: [],
    body: '',
    masked: true,
    ...given,
  });
}

const text = (base64 = ''): string => Buffer.from(base64, 'base64').toString();

describe('a request that is sent by hand', () => {
  it('goes through the gateway, is a request like any other, and its messages are kept', async () => {
    const body = JSON.stringify({ sku: 'lamp-arc', quantity: 1, token: 's3cr3t' });
    const { traceId, spanId, failure } = await send({
      method: 'POST',
      path: '/api/cart/items?who=hand',
      headers: [
        ['content-type', 'application/json'],
        ['connection', 'close'],
        ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
      ],
      body: Buffer.from(body).toString('base64'),
    });
    expect(failure).toBe('');
    const trace = await client.call('trace', { traceId });
    expect(trace.hops[0]).toMatchObject({ spanId, direction: 'gateway', captured: true });
    const kept = await client.call('exchange', { traceId, spanId, revealed: true });
    expect(kept).toMatchObject({ capture: 'sent by hand', masked: true, canReveal: false });
    expect(text(kept.request.body)).toBe('{"sku":"lamp-arc","quantity":1,"token":"***"}');
    expect(kept.response?.status).toBe(trace.hops[0]?.status);
    const [line] = await eventually(async () => {
      const { items } = await client.call('requests', { filter: `trace:${traceId}`, limit: 10 });
      return items.length > 0 && items;
    });
    expect(line).toMatchObject({
      from: 'gateway',
      captured: true,
      path: '/api/cart/items?who=hand',
    });
  });

  it('leaves by the sidecar of the caller that it is sent as', async () => {
    const { traceId, spanId } = await send({
      from: 'catalog',
      to: 'inventory',
      path: '/stock?skus=lamp-arc',
      masked: false,
    });
    const { hops } = await client.call('trace', { traceId });
    expect(hops[0]).toMatchObject({
      spanId,
      direction: 'outbound',
      source: 'catalog',
      destination: 'inventory',
    });
    expect(hops.some(({ direction }) => direction === 'inbound')).toBe(true);
    expect(hops[0]?.flags).toContain('MTLS');
    const [line] = await eventually(async () => {
      const { items } = await client.call('requests', { filter: `trace:${traceId}`, limit: 10 });
      return items.length > 0 && items;
    });
    expect(line).toMatchObject({ from: 'catalog', to: 'inventory' });
    const kept = await client.call('exchange', { traceId, spanId, revealed: true });
    expect(kept).toMatchObject({ masked: false, canReveal: true });
  });

  it('speaks HTTP/2 where it is to', async () => {
    const { traceId, spanId, failure } = await send({ protocol: 'h2' });
    expect(failure).toBe('');
    const kept = await client.call('exchange', { traceId, spanId, revealed: false });
    expect([kept.request.protocol, kept.response?.status]).toEqual(['h2', 200]);
    expect(JSON.parse(text(kept.response?.body))).toBeTypeOf('object');
  });

  it('that has no way into the mesh is refused, with the reason', async () => {
    await expect(send({ from: 'users', to: 'payments' })).rejects.toThrow(
      'users does not call payments',
    );
    await expect(send({ from: 'nobody' })).rejects.toThrow('no instance of nobody runs');
    await expect(send({ path: 'no-slash' })).rejects.toThrow(/expected a path/);
  });
});
