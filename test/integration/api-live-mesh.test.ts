import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edit, State, TraceView } from '../../src-main/api/contract/index.ts';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { RpcClient } from '../support/rpc-client.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';
import { visit, visitMany } from '../support/visit.ts';

const stack = new CloseStack();
let shop: Shop;
let client: RpcClient;
let state: State;

beforeAll(async () => {
  shop = stack.add(await startShop());
  client = stack.add(await RpcClient.connect(shop.up.app.url));
  state = await client.call('subscribe', {});
});

afterAll(() => stack.close());

const checkout = (): string => `${shop.up.gateway.url}/api/checkout`;

async function edit(change: Edit): Promise<void> {
  const { document } = await client.call('subscribe', {});
  await client.call('edit', { base: document.version, edit: change });
}

let probes = 0;

/** The trace of a request that is made now, told apart from all others by its query. */
async function traceOf(path: string, method = 'GET'): Promise<TraceView> {
  const probe = `${path}?probe=${++probes}`;
  await visit(shop.up.gateway.url + probe, { method });
  const { traceId } = await eventually(() => {
    const told = client.deltas.flatMap((one) => (one.kind === 'requests' ? one.items : []));
    return told.find((request) => request.path === probe) ?? false;
  });
  return client.call('trace', { traceId });
}

describe('the state of a running shop', () => {
  it('names nine services, each instance ready with an identity', () => {
    expect(state.document.mesh.services).toHaveLength(9);
    const instances = Object.values(state.instances);
    expect(instances).toHaveLength(10);
    expect(instances.filter(({ status }) => status !== 'ready')).toEqual([]);
    for (const { service, spiffeId } of instances) {
      expect(spiffeId).toBe(`spiffe://shop.local/ns/default/sa/${service}`);
    }
  });
});

describe('a request through the shop', () => {
  it('is seen whole: each hop twice, over mutual TLS, under its caller', async () => {
    const { hops } = await traceOf('/api/checkout', 'POST');
    const services = new Set(hops.flatMap(({ source, destination }) => [source, destination]));
    expect([...services]).toEqual(expect.arrayContaining(['gateway', 'orders', 'payments']));
    const spans = new Set(hops.map(({ spanId }) => spanId));
    expect(spans.size).toBe(hops.length);
    const roots = hops.filter(({ parentId }) => !spans.has(parentId));
    expect(roots.map(({ direction }) => direction)).toEqual(['gateway']);
    for (const hop of hops) expect(hop.flags).toContain('MTLS');
    const inbound = hops.filter(({ direction }) => direction === 'inbound');
    expect(hops).toHaveLength(2 * inbound.length);
    for (const hop of inbound) expect(hop.source).not.toBe('');
  });

  it('shows on its edges, and in their history', async () => {
    await visitMany(20, 4, shop.up.gateway.url);
    await eventually(() => {
      const ticks = client.deltas.filter((one) => one.kind === 'tick');
      const edges = ticks.flatMap((tick) => tick.edges.filter(({ to }) => to === 'storefront'));
      const seen = edges.reduce((sum, { flow }) => sum + flow.ok, 0);
      expect(seen).toBeGreaterThanOrEqual(20);
      expect(edges.every(({ mtls }) => mtls)).toBe(true);
    });
    await eventually(async () => {
      const { rate } = await client.call('series', { edge: 'gateway->storefront' });
      expect(rate.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(20);
    });
  });
});

describe('an edit', () => {
  it('that delays a call shows as injected time in the trace, and nowhere else', async () => {
    const fault = {
      name: 'slow',
      enabled: true,
      from: 'orders',
      to: 'payments',
      match: {},
      delay: { duration: 300, percentage: 100 },
      random: false,
    };
    await edit({ kind: 'put-fault', fault });
    const { hops, duration } = await traceOf('/api/checkout', 'POST');
    expect(duration).toBeGreaterThanOrEqual(300);
    for (const hop of hops) {
      const slow = hop.direction === 'outbound' && hop.destination === 'payments';
      expect(hop.faults).toEqual(slow ? ['slow'] : []);
      expect(hop.timing.injected).toBeGreaterThanOrEqual(slow ? 299 : 0);
      expect(hop.timing.injected).toBeLessThan(slow ? 330 : 1);
    }
    await edit({ kind: 'remove-fault', name: 'slow' });
  });

  it('that splits a service sends exactly the share to each version', async () => {
    await edit({ kind: 'set-split', service: 'payments', split: { v1: 75, v2: 25 } });
    const answers = await visitMany(1000, 16, checkout(), { method: 'POST' });
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const v2 = answers.filter(({ body }) => body.includes('"processor":"v2"'));
    expect(Math.abs(v2.length - 250)).toBeLessThanOrEqual(10);
    await eventually(async () => {
      const { rate } = await client.call('series', { edge: 'orders->payments|v2' });
      expect(rate.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(v2.length);
    });
  });

  it('made on an old version is refused as stale', async () => {
    const change = { kind: 'remove-fault', name: 'slow-payments' } as const;
    await expect(client.call('edit', { base: 0, edit: change })).rejects.toMatchObject({
      code: -32001,
    });
  });

  it('of the file that is wrong is told with its place, and traffic goes on', async () => {
    const good = await readFile(shop.file, 'utf8');
    await writeFile(shop.file, good.replace('retry:', 'retries:'));
    const problem = await eventually(() => {
      const documents = client.deltas.flatMap((one) => (one.kind === 'document' ? [one] : []));
      return documents.at(-1)?.document.problems[0] ?? false;
    });
    expect(problem).toMatchObject({ severity: 'error', line: expect.any(Number) });
    expect(`${problem.message} ${problem.advice ?? ''}`).toContain('retry');
    expect((await visit(shop.up.gateway.url)).status).toBe(200);
    await writeFile(shop.file, good);
    await eventually(async () => {
      const { document } = await client.call('subscribe', {});
      expect(document.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    });
  });
});

describe('a service that is killed', () => {
  it('fails its edge, is restarted, and the timeline says so', async () => {
    const inventory = shop.up.services.find(({ name }) => name === 'inventory')?.instances[0];
    client.deltas.splice(0);
    process.kill(inventory?.pid ?? 0, 'SIGKILL');
    await eventually(() => {
      const told = client.deltas.flatMap((one) => (one.kind === 'instances' ? one.put : []));
      const states = told.filter(({ service }) => service === 'inventory');
      expect(states.map(({ status }) => status)).toContain('restarting');
      expect(states.at(-1)).toMatchObject({ status: 'ready', restarts: 1 });
    });
    const events = client.deltas.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
    expect(events).toContainEqual(
      expect.objectContaining({ severity: 'error', subject: expect.stringContaining('inventory') }),
    );
    await eventually(async () => {
      expect((await visit(checkout(), { method: 'POST' })).status).toBe(200);
    });
  });
});

describe('what is looked at closely', () => {
  it('tells what is wrong with a text, with its place, and changes nothing', async () => {
    const { document } = await client.call('subscribe', {});
    const text = document.text.replace('  inventory:\n', '  inventory:\n    replica: 2\n');
    const { problems } = await client.call('checkText', { text });
    expect(problems).toMatchObject([{ code: 'unknown-key', severity: 'error', column: 5 }]);
    const after = await client.call('subscribe', {});
    expect(after.document.version).toBe(document.version);
    expect(after.document.problems).toEqual(document.problems);
  });

  it("shows a proxy's certificate up to the authority", async () => {
    for (const node of ['gateway', 'orders-v1-0']) {
      const { chain, renewsAt, spiffeId } = await client.call('certificate', { node });
      const [leaf, authority] = chain;
      expect(leaf?.uris).toEqual([spiffeId]);
      expect(leaf?.issuer).toBe(authority?.subject);
      expect(authority?.isAuthority).toBe(true);
      expect(renewsAt).toBeGreaterThan(leaf?.notBefore ?? 0);
      expect(renewsAt).toBeLessThan(leaf?.notAfter ?? 0);
    }
    await expect(client.call('certificate', { node: 'nobody' })).rejects.toMatchObject({
      code: -32003,
    });
  });

  it('shows the configuration that a proxy runs, without its key', async () => {
    const { text, version } = await client.call('configuration', { node: 'orders-v1-0' });
    expect(version).toBeGreaterThan(0);
    expect(text).toMatch(/privateKey: •+/);
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).toContain('payments');
  });

  it('shows what an instance is started with', async () => {
    const { variables } = await client.call('environment', { instance: 'orders-v1-0' });
    const names = variables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['PORT', 'PAYMENTS_URL']));
  });
});
