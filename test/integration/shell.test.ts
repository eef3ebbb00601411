import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { findTestElectron, startShell } from '../support/electron.ts';
import type { RunningShell, ShellOptions } from '../support/electron.ts';
import { eventually } from '../support/eventually.ts';
import { lives, recordedPids } from '../support/processes.ts';
import { copyShop } from '../support/shop.ts';

const found = findTestElectron();
const hasScreen =
  process.env['DISPLAY'] !== undefined || spawnSync('Xvfb', ['-help']).error === undefined;

describe.skipIf(!found || !hasScreen)('the shell in a downloaded Electron', () => {
  const stack = new CloseStack();
  afterEach(() => stack.close());

  async function start(options: ShellOptions): Promise<RunningShell> {
    if (!found) throw new Error('there is no Electron');
    return stack.add(await startShell(found, options));
  }

  describe('opened by an engine that runs', () => {
    it('shows its page, which has the bridge and nothing of Node', async () => {
      const { page } = await start({ env: { FAULTLINE_APP_URL: await servePage('the app') } });
      await eventually(async () => expect(await page.evaluate('document.title')).toBe('the app'));
      expect(await page.evaluate('Object.keys(faultline).sort().join()')).toBe(
        'offerCommands,onCommand,openDropped,openMesh,openRecent,platform,recentMeshes,saveFile',
      );
      expect(await page.evaluate('faultline.platform')).toBe('linux');
      expect(await page.evaluate('[typeof require, typeof process, typeof module].join()')).toBe(
        'undefined,undefined,undefined',
      );
    });

    it('stays on that page: no other site, no other window, no script from elsewhere', async () => {
      const appUrl = await servePage('the app');
      const elsewhere = await servePage('elsewhere');
      const { page } = await start({ env: { FAULTLINE_APP_URL: appUrl } });
      await eventually(async () => expect(await page.evaluate('document.title')).toBe('the app'));
      const asked = (code: string): Promise<unknown> =>
        page.evaluate(
          `(async () => { try { return await (${code}); } catch { return 'refused'; } })()`,
        );
      expect(await asked(`fetch('${elsewhere}', { mode: 'no-cors' })`)).toBe('refused');
      expect(await asked("fetch('/').then((answer) => answer.status)")).toBe(200);
      expect(await asked(`String(window.open('file:///etc/passwd'))`)).toBe('null');
      expect(await asked('Notification.requestPermission()')).toBe('denied');
      expect(await asked('faultline.saveFile(7, {})')).toBe('refused');
      expect(await asked('faultline.offerCommands(7)')).toBe('refused');
      // A page can name no document: neither one that nobody has opened, nor a file that it made itself.
      expect(await asked("faultline.openRecent('/etc/hosts.yaml')")).toBe(false);
      expect(await asked("faultline.openDropped('/etc/hosts.yaml')")).toBe('refused');
      await page.evaluate(`void (location.href = '${elsewhere}')`);
      await page.evaluate(
        'void (document.body.innerHTML = \'<img src=x onerror="document.title=1">\')',
      );
      expect(
        await page.evaluate('fetch("/").then(() => [location.href, document.title].join())'),
      ).toBe(`${appUrl},the app`);
    });

    it('shows another mesh when it is told to, and ends with the engine', async () => {
      const first = await servePage('the first');
      const { page, process: electron, ended } = await start({ env: { FAULTLINE_APP_URL: first } });
      await eventually(async () => expect(await page.evaluate('document.title')).toBe('the first'));
      electron.send({ kind: 'show', appUrl: await servePage('the second') });
      await eventually(async () =>
        expect(await page.evaluate('document.title')).toBe('the second'),
      );
      electron.disconnect();
      expect(await ended).toBe(0);
    });
  });

  describe('started first', () => {
    it('starts the engine, shows its app, and leaves nothing behind when the window is closed', async () => {
      const { shell, pids } = await startWithShop();
      await shell.page.evaluate('window.close()').catch(() => undefined);
      expect(await shell.ended).toBe(0);
      await eventually(() => expect(pids.filter(lives)).toEqual([]));
    });

    it('takes the engine along even when it is killed', async () => {
      const { shell, pids } = await startWithShop();
      shell.process.kill('SIGKILL');
      await eventually(() => expect(pids.filter(lives)).toEqual([]), { within: 10_000 });
    });
  });

  /** The pids are those of the engine and of all that it has started. */
  async function startWithShop(): Promise<{ shell: RunningShell; pids: number[] }> {
    const shop = stack.add(await copyShop());
    const shell = await start({ args: [shop.file] });
    await eventually(
      async () =>
        expect(await shell.page.evaluate('`${location.origin} ${document.readyState}`')).toMatch(
          /^http:\/\/127\.0\.0\.1:\d+ complete$/,
        ),
      { within: 30_000 },
    );
    const pids = recordedPids(join(shell.folder, 'state'));
    expect(pids.length).toBeGreaterThan(10);
    expect(pids.filter(lives)).toEqual(pids);
    return { shell, pids };
  }

  async function servePage(title: string): Promise<string> {
    const server = createServer((_req, res) => {
      res.setHeader('content-type', 'text/html');
      res.end(`<!doctype html><title>${title}</title><body></body>`);
    });
    stack.add(closing(server));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
});

function closing(server: Server): { close(): Promise<void> } {
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
