import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { findFaketime } from '../../src-main/runtime/process/fake-clock.ts';
import { memoryOf, whyNoMemoryLimit } from '../../src-main/runtime/process/memory-limit.ts';
import { eventually } from '../support/eventually.ts';
import { RpcClient } from '../support/rpc-client.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

/** As in proc(5): `S` sleeping, `T` stopped. Undefined: there is no such process. */
async function stateOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
}

function pidOf({ up }: Shop, service: string): number {
  return up.services.find(({ name }) => name === service)!.instances[0]!.pid;
}

const section = (line: string): string => `\ninstanceFaults:\n  - ${line}\n`;

/** RLIMIT_DATA as proc(5) has it: bytes, or `unlimited`. */
async function dataLimitOf(pid: number): Promise<string | undefined> {
  const limits = await readFile(`/proc/${pid}/limits`, 'latin1');
  return /^Max data size\s+(\S+)/m.exec(limits)?.[1];
}

describe.runIf(process.platform === 'linux')('faults of instances', () => {
  it('pause a process while they stand in the document, and no longer', async () => {
    const shop = stack.add(await startShop());
    const pid = pidOf(shop, 'catalog');
    const before = await readFile(shop.file, 'utf8');
    await writeFile(shop.file, before + section('{ name: f, service: catalog, action: pause }'));
    await eventually(async () => (await stateOf(pid)) === 'T');
    await writeFile(shop.file, before);
    await eventually(async () => (await stateOf(pid)) === 'S');
  });

  it.runIf(whyNoMemoryLimit() === undefined)(
    'leave a process hardly any more memory, and as much as before when they are over',
    async () => {
      const shop = stack.add(await startShop());
      const pid = pidOf(shop, 'catalog');
      const [limit, held] = [await dataLimitOf(pid), memoryOf(pid)];
      const before = await readFile(shop.file, 'utf8');
      const squeeze =
        '{ name: f, service: catalog, action: memoryPressure, headroomBytes: 1000000 }';
      await writeFile(shop.file, before + section(squeeze));
      await eventually(async () => (await dataLimitOf(pid)) !== limit);
      const lowered = Number(await dataLimitOf(pid)) - 1_000_000;
      expect(Math.abs(lowered - (held ?? 0))).toBeLessThan(64 * 1024 * 1024);
      await writeFile(shop.file, before);
      await eventually(async () => (await dataLimitOf(pid)) === limit);
    },
  );

  it.runIf(findFaketime() !== undefined)(
    'set the clock of a process while it runs, and set it right again',
    async () => {
      const shop = stack.add(await startShop());
      const text = await readFile(shop.file, 'utf8');
      const skew = '{ name: f, service: storefront, action: clockSkew, offset: -26h }';
      const hoursOff = async (): Promise<number> => {
        const { headers } = await fetch(shop.up.gateway.url, { headers: { connection: 'close' } });
        return Math.round((Date.parse(headers.get('date') ?? '') - Date.now()) / 3_600_000);
      };
      expect(await hoursOff()).toBeCloseTo(0);
      await writeFile(shop.file, text + section(skew));
      await eventually(async () => (await hoursOff()) === -26, { within: 20_000 });
      await writeFile(shop.file, text + section(skew.replace('f,', 'f, enabled: false,')));
      await eventually(async () => (await hoursOff()) === 0, { within: 20_000 });
    },
  );

  it('kill a process, and it is started again', async () => {
    const shop = stack.add(await startShop());
    const pid = pidOf(shop, 'catalog');
    const before = await readFile(shop.file, 'utf8');
    await writeFile(shop.file, before + section('{ name: f, service: catalog, action: kill }'));
    await eventually(async () => (await stateOf(pid)) === undefined);
    await eventually(
      async () => {
        const response = await fetch(shop.up.gateway.url, { headers: { connection: 'close' } });
        const page = await response.text();
        return response.status === 200 && page.includes('Arc floor lamp');
      },
      { within: 20_000 },
    );
  });

  it('are marked in the hops that they spoil: none of these counts as a real failure', async () => {
    const shop = stack.add(await startShop());
    const client = stack.add(await RpcClient.connect(shop.up.app.url));
    await client.call('subscribe', {});
    const flowTo = (service: string): Record<'failed' | 'injected', number> => {
      const edges = client.deltas.flatMap((one) => (one.kind === 'tick' ? one.edges : []));
      const flows = edges.filter(({ to }) => to === service).map(({ flow }) => flow);
      const sum = (of: 'failed' | 'injected'): number =>
        flows.reduce((total, flow) => total + flow[of], 0);
      return { failed: sum('failed'), injected: sum('injected') };
    };
    const before = await readFile(shop.file, 'utf8');
    const both = `
instanceFaults:
  - { name: f, service: catalog, action: pause }
  - { name: g, service: users, action: kill }
`;
    await writeFile(shop.file, before + both);
    await eventually(async () => {
      const response = await fetch(shop.up.gateway.url, { headers: { connection: 'close' } });
      await response.arrayBuffer();
      return flowTo('catalog').injected > 0;
    });
    await eventually(async () => (await stateOf(pidOf(shop, 'users'))) === undefined);
    await writeFile(shop.file, before);
    expect(flowTo('catalog').failed).toBe(0);
    expect(flowTo('users').failed).toBe(0);
  });
});
