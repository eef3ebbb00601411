import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { startShop } from '../support/shop.ts';
import type { Shop } from '../support/shop.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

async function shop(edit?: (text: string) => string): Promise<Shop> {
  return stack.add(await startShop(edit));
}

async function get(url: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { headers: { connection: 'close' } });
  return { status: response.status, text: await response.text() };
}

async function change(running: Shop, edit: (text: string) => string): Promise<void> {
  await writeFile(running.file, edit(await readFile(running.file, 'utf8')));
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What openssl says when it speaks to a sidecar; it never fails, its words are looked at. */
function openssl(args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile('openssl', [...args], { timeout: 10_000 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
    child.stdin?.end(input);
  });
}

describe('the shop, run by the command', () => {
  it('makes a page through at least five services', async () => {
    const running = await shop();
    const { status, text } = await get(running.up.gateway.url);
    expect(status).toBe(200);
    expect(text).toContain('Arc floor lamp');
    expect(text).toContain('in stock');
    expect(text).toContain('You may like');
    expect(text).toMatch(/Hello, \w+/);
  });

  it('changes from mutual TLS to plain text and back while it runs, and loses no request', async () => {
    const running = await shop();
    const { inbound } = running.up.services.find(({ name }) => name === 'catalog')!.instances[0]!;
    const takesPlainText = (): Promise<boolean> =>
      fetch(`http://${inbound}/`).then(
        () => true,
        () => false,
      );
    let isOver = false;
    const statuses: number[] = [];
    const visits = (async () => {
      while (!isOver) statuses.push((await get(running.up.gateway.url)).status);
    })();
    expect(await takesPlainText()).toBe(false);
    await change(running, (text) => `${text}\nmtls: disabled\n`);
    await eventually(takesPlainText);
    await change(running, (text) => text.replace('mtls: disabled', 'mtls: strict'));
    await eventually(async () => !(await takesPlainText()));
    isOver = true;
    await visits;
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('lets a service be called by whom the document says, as often as it says', async () => {
    const running = await shop();
    const { url } = running.up.gateway;
    const answers = (status: number, rule: string | null): Promise<boolean> =>
      eventually(async () => {
        const response = await fetch(url, { headers: { connection: 'close' } });
        await response.arrayBuffer();
        expect([response.status, response.headers.get('x-faultline-denied-by')]).toEqual([
          status,
          rule,
        ]);
        return true;
      });
    const security = (callers: string): string =>
      `authorization:\n  policies:\n    - { name: guests, service: storefront, from: { services: [${callers}] } }\n`;
    const stranger = '  - { name: stranger, to: storefront, identity: { shows: wrongSpiffeId } }\n';
    const limit =
      'rateLimits:\n  - { name: one, to: storefront, maxTokens: 1, fillInterval: 1h }\n';
    await change(running, (text) => text + security('cart'));
    await answers(403, 'guests');
    await change(running, (text) => text.replace(security('cart'), security('gateway')));
    await answers(200, null);
    await change(running, (text) => text.replace('faults:\n', `faults:\n${stranger}`));
    await answers(403, 'guests');
    // Now the handshake itself fails, which must not be taken for a real failure.
    await change(running, (text) => text.replace('wrongSpiffeId', 'unknownCa'));
    await answers(503, null);
    await eventually(() => {
      const said = running.events.map(({ message }) => String(message));
      expect(said).toContainEqual(expect.stringContaining('(perhaps on purpose: stranger)'));
    });
    await change(running, (text) =>
      text.replace(stranger.replace('wrongSpiffeId', 'unknownCa'), ''),
    );
    await answers(200, null);
    await change(running, (text) => text + limit);
    await answers(429, null);
    await change(running, (text) => text.replace(limit, ''));
    await answers(200, null);
  });

  it('takes a saved change while it runs: another replica, a fault, and both away again', async () => {
    const running = await shop();
    const states = (): string[] =>
      running.events.map(({ instance, status }) => `${String(instance)} ${String(status)}`);
    await change(running, (text) => text.replace('  catalog:\n', '  catalog:\n    replicas: 2\n'));
    await eventually(() => states().includes('catalog-v1-1 ready'));
    await change(running, (text) => text.replace('    replicas: 2\n', ''));
    await eventually(() => states().includes('catalog-v1-1 removed'));
    const fault = 'faults:\n  - { name: shut, to: catalog, abort: { status: 418 } }\n';
    await change(running, (text) => text.replace('faults:\n', fault));
    await eventually(
      async () => (await get(`${running.up.gateway.url}/api/products`)).status === 502,
    );
    await change(running, (text) => text.replace(fault, 'faults:\n'));
    await eventually(
      async () => (await get(`${running.up.gateway.url}/api/products`)).status === 200,
    );
  });

  it('goes on while a service cannot be started or never gets well, and says so', async () => {
    const running = await shop((text) =>
      text
        .replace('command: node users.mjs', 'command: nod users.mjs')
        .replace('command: node shipping.mjs', 'command: node -e "setInterval(() => {}, 1000)"')
        .replace(
          /(shipping:[\s\S]*?)health: \/healthz/,
          '$1health: { path: /healthz, startTimeout: 500ms }',
        ),
    );
    const { status } = await get(`${running.up.gateway.url}/api/products`);
    expect(status).toBe(200);
    const messages = JSON.stringify([running.up, ...running.events]);
    expect(messages).toContain('command \\"nod\\" was not found on PATH');
    await eventually(() =>
      JSON.stringify([running.up, ...running.events]).includes(
        'did not become healthy within 500 ms: nothing listens on port',
      ),
    );
  });

  it('leaves no process behind when the engine is killed', async () => {
    const running = await startShop();
    const pids = running.up.services.flatMap(({ instances }) => instances.map(({ pid }) => pid));
    expect(pids.every(lives)).toBe(true);
    process.kill(running.pid, 'SIGKILL');
    await eventually(() => !pids.some(lives));
    await running.close();
  });

  it('starts a killed service again, with another process', async () => {
    const running = await shop();
    const pid = running.up.services.find(({ name }) => name === 'users')?.instances[0]?.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    await eventually(() =>
      running.events.some(
        (event) =>
          event['instance'] === 'users-v1-0' && event['status'] === 'ready' && event['pid'] !== pid,
      ),
    );
  });

  it('is spoken to by openssl only with a certificate of the mesh', async () => {
    const running = await shop();
    const { inbound, spiffeId } = running.up.services.find(({ name }) => name === 'payments')
      ?.instances[0] ?? { inbound: '', spiffeId: '' };
    const base = ['s_client', '-connect', inbound, '-CAfile', running.up.trustBundle, '-tls1_3'];
    const shown = await openssl([...base, '-showcerts'], '');
    expect(shown).toContain('Verify return code: 0 (ok)');
    const certificate = await openssl(['x509', '-noout', '-text'], shown);
    expect(certificate).toContain(`URI:${spiffeId}`);
    const refused = await openssl([...base, '-ign_eof'], 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(refused).toContain('certificate required');
    const folder = join(running.file, '..');
    const own = ['-keyout', join(folder, 'k.pem'), '-out', join(folder, 'c.pem')];
    await openssl(
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-subj',
        '/CN=x',
        ...own,
      ],
      '',
    );
    const stranger = await openssl(
      [...base, '-ign_eof', '-cert', join(folder, 'c.pem'), '-key', join(folder, 'k.pem')],
      'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    );
    expect(stranger).not.toContain('HTTP/1.1');
    await eventually(() =>
      running.events.some(
        ({ event, subject }) => event === 'identity' && subject === 'payments-v1-0',
      ),
    );
  });
});
