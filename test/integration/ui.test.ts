import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { lives, recordedPids } from '../support/processes.ts';
import { copyShop } from '../support/shop.ts';
import type { ShopCopy } from '../support/shop.ts';
import { startCommand } from '../support/started.ts';
import type { Started } from '../support/started.ts';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

/** Stands in for Electron: notes what it is shown and told, and asks for what stands in a file. */
const WINDOW = `
import { appendFileSync, watch, readFileSync } from 'node:fs';
const note = (line) => appendFileSync(process.env.TEST_FOLDER + '/notes', line + '\\n');
note('show ' + process.env.FAULTLINE_APP_URL);
process.on('message', ({ kind, appUrl, reason }) => note(kind + ' ' + (appUrl ?? reason)));
process.on('disconnect', () => { note('end'); process.exit(0); });
let last = '';
watch(process.env.TEST_FOLDER + '/orders', () => {
  const order = readFileSync(process.env.TEST_FOLDER + '/orders', 'utf8').trim();
  if (order === last) return; // the file is emptied, then written: two events, with the same text at times
  last = order;
  if (order === 'close') process.exit(0);
  if (order === 'crash') { console.error('no such library'); process.exit(127); }
  for (const file of order.split('\\n')) if (file !== '') process.send({ kind: 'open-mesh', file });
});
`;

describe('faultline ui', () => {
  const stack = new CloseStack();
  let shop: ShopCopy;
  let started: Started;
  let pids: number[];

  beforeEach(async () => {
    shop = stack.add(await copyShop());
    await standIn('electron/electron', `exec "${process.execPath}" "$TEST_FOLDER/window.mjs"`);
    await standIn('bin/xdg-open', 'echo "browser $1" >> "$TEST_FOLDER/notes"');
    await writeFile(join(shop.folder, 'window.mjs'), WINDOW);
    await writeFile(join(shop.folder, 'orders'), '');
    await writeFile(join(shop.folder, 'notes'), '');
    started = stack.add(
      startCommand(process.execPath, [CLI, 'ui', shop.file], {
        TEST_FOLDER: shop.folder,
        ELECTRON_OVERRIDE_DIST_PATH: join(shop.folder, 'electron'),
        PATH: `${join(shop.folder, 'bin')}:${process.env['PATH']}`,
        DISPLAY: ':none',
        XDG_STATE_HOME: join(shop.folder, 'state'),
      }),
    );
    await started.said(/(10) of 10 instances are ready/);
    await noted(/^(show http:\/\/127\.0\.0\.1:\d+\/#token=\S+)$/m);
    pids = recordedPids(join(shop.folder, 'state'));
  });
  afterEach(() => stack.close());

  it('ends with its window', async () => {
    await order('close');
    expect(await started.ended).toBe(0);
    await eventually(() => expect(pids.filter(lives)).toEqual([]));
  });

  it('takes its window along', async () => {
    started.process.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    await noted(/^(end)$/m);
  });

  it('shows the app in the browser where Electron fails, and goes on', async () => {
    await order('crash');
    const [, url] = /^app +(\S+)$/m.exec(started.stdout()) ?? [];
    expect(await noted(/^browser (\S+)$/m)).toBe(url);
    expect(started.stderr()).toContain('Electron has failed (no such library)');
    expect(pids.filter(lives)).toEqual(pids);
  });

  it('runs another mesh when the window asks for it, instead of the one before', async () => {
    const other = stack.add(await copyShop((text) => text.replace('mesh: shop', 'mesh: other')));
    const first = await noted(/^show (\S+)/m);
    await order(other.file);
    const second = await noted(/^show .+\nshow (\S+)$/m);
    expect(second).not.toBe(first);
    expect((await fetch(second)).status).toBe(200);
    await eventually(() => expect(pids.slice(1).filter(lives)).toEqual([]));
  });

  it('runs another mesh once where it is asked for twice at a time', async () => {
    const other = stack.add(await copyShop((text) => text.replace('mesh: shop', 'mesh: other')));
    await order(`${other.file}\n${other.file}`);
    const [second, third] = [
      await noted(/^show .+\nshow (\S+)$/m),
      await noted(/^show .+\nshow .+\nshow (\S+)$/m),
    ];
    expect(third).toBe(second);
  });

  it('refuses a broken one with what is wrong, and leaves the one that runs alone', async () => {
    const broken = stack.add(await copyShop((text) => text.replace('service: storefront', 'x: y')));
    await order(broken.file);
    expect(await noted(/^refused (.+)$/m)).toMatch(/faultline\.yaml:\d+:\d+: error: /);
    expect(pids.filter(lives)).toEqual(pids);
  });

  it('runs the one before again where the other cannot be started', async () => {
    const server = createServer();
    stack.add({ close: () => void server.close() });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const other = stack.add(await copyShop((text) => text.replace('port: 0', `port: ${port}`)));
    await order(other.file);
    expect(await noted(/^refused (.+)$/m)).toContain(`port ${port} of the gateway is in use`);
    const again = await noted(/^refused .+\nshow (\S+)$/m);
    expect((await fetch(again)).status).toBe(200);
  });

  /** What the window or the browser has noted. */
  function noted(pattern: RegExp): Promise<string> {
    return eventually(
      async () => {
        const notes = await readFile(join(shop.folder, 'notes'), 'utf8');
        const found = pattern.exec(notes)?.[1];
        if (found === undefined) throw new Error(`noted: ${notes}\n${started.stderr()}`);
        return found;
      },
      { within: 15_000 },
    );
  }

  function order(what: string): Promise<void> {
    return writeFile(join(shop.folder, 'orders'), what);
  }

  async function standIn(path: string, script: string): Promise<void> {
    const file = join(shop.folder, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
});
