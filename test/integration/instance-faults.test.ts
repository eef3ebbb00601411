import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, describe, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
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
});
