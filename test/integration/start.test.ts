import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { lives, recordedPids } from '../support/processes.ts';
import { copyShop } from '../support/shop.ts';
import type { ShopCopy } from '../support/shop.ts';
import { pressControlC, startCommand } from '../support/started.ts';
import type { Started } from '../support/started.ts';

const START = fileURLToPath(new URL('../../src-main/cli/start.mjs', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../src-main/cli/bin.mjs', import.meta.url));

describe('npm start', () => {
  const stack = new CloseStack();
  let shop: ShopCopy;
  let env: Record<string, string | undefined>;

  beforeEach(async () => {
    shop = stack.add(await copyShop());
    env = { XDG_STATE_HOME: join(shop.folder, 'state'), npm_lifecycle_event: undefined };
  });
  afterEach(() => stack.close());

  function start(program: string, ...args: string[]): Started {
    return stack.add(startCommand(program, args, env));
  }

  async function startAll(...args: string[]): Promise<{ started: Started; pids: number[] }> {
    const started = start(process.execPath, START, shop.file, '--no-open', ...args);
    await started.said(/(10) of 10 instances are ready/);
    const pids = recordedPids(join(shop.folder, 'state'));
    expect(pids.length).toBeGreaterThan(10);
    return { started, pids };
  }

  it('runs the mesh that is named and prints where its gateway and its app are', async () => {
    const { started } = await startAll('--browser', '--port', '0');
    const gateway = await started.said(/^gateway +(http:\/\/127\.0\.0\.1:\d+)$/m);
    const app = await started.said(/^app +(http:\/\/127\.0\.0\.1:\d+\/#token=\S+)$/m);
    expect((await fetch(gateway)).status).toBe(200);
    expect(await (await fetch(app)).text()).toContain('<title>');
    expect(started.stderr()).toContain('faultline: starting…');
  });

  it('leaves nothing behind at Ctrl-C, and that is no failure', async () => {
    const { started, pids } = await startAll();
    pressControlC(started);
    expect(await started.ended).toBe(0);
    await eventually(() => expect(pids.filter(lives)).toEqual([]));
  });

  it('takes the echo of Ctrl-C that npm sends for the same', async () => {
    const { started } = await startAll();
    pressControlC(started);
    pressControlC(started);
    expect(await started.ended).toBe(0);
  });

  it('ends when npm is killed, which does not tell it', async () => {
    env['npm_lifecycle_event'] = 'start';
    const line = `"${process.execPath}" "${START}" "${shop.file}" --no-open; true`;
    const npm = start('sh', '-c', line);
    await npm.said(/(10) of 10 instances are ready/);
    const pids = recordedPids(join(shop.folder, 'state'));
    npm.process.kill('SIGKILL');
    await eventually(() => expect(pids.filter(lives)).toEqual([]), { within: 10_000 });
  });

  it('passes the exit code on', async () => {
    const started = start(process.execPath, START, join(shop.folder, 'nowhere.yaml'));
    expect(await started.ended).toBe(2);
    expect(started.stderr()).toContain('nowhere.yaml does not exist');
  });

  it('says so where Node.js is too old', async () => {
    const old =
      "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.1'})";
    const started = start(process.execPath, '--import', old, START);
    expect(await started.ended).toBe(3);
    expect(started.stderr()).toContain('Node.js 20.19 or newer is needed, this is 18.20.1');
  });
});

describe('the faultline command', () => {
  it('says results alone on standard output', async () => {
    const started = startCommand(process.execPath, [COMMAND, 'validate', 'fixtures/shop'], {});
    expect(await started.ended).toBe(0);
    expect(started.stdout()).toMatch(/^fixtures\/shop\/faultline\.yaml is valid: \d+ services\n$/);
    expect(started.stderr()).toBe('');
  });
});
