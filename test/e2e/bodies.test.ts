/** Bodies of every kind, as the app shows them; and secrets, where they were kept. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { skipsBrowser, keepPicture, openBrowser, openPage } from '../support/browser.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';
import { visit } from '../support/visit.ts';

const MESH = `mesh: kinds
gateway: { port: 0, routes: [{ service: desk }] }
services:
  desk: { command: node desk.mjs }
capture:
  - { name: all, from: gateway, masked: false, bodyBytes: 1000 }
`;

/** Answers by path. The picture is one red pixel; the message of gRPC has 1: "ada" and 2: 150. */
const DESK = `import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const message = Buffer.from([0x0a, 3, 0x61, 0x64, 0x61, 0x10, 0x96, 1]);
const frame = Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]);
const list = JSON.stringify({ list: Array.from({ length: 150 }, (_, i) => i), big: 1 }).replace('"big":1', '"big":9007199254740993');
const answers = {
  '/png': ['image/png', Buffer.from(PNG, 'base64')],
  '/grpc': ['application/grpc+proto', Buffer.concat([frame, frame.subarray(0, 9)])],
  '/zip': ['application/json', gzipSync(list), { 'content-encoding': 'gzip' }],
  '/long': ['text/plain', Buffer.from('all work and no play\\n'.repeat(500))],
  '/secret': ['application/json', Buffer.from('{"token":"s3cr3t","name":"ada"}'), { 'set-cookie': 'sid=s3cr3t; Path=/' }],
  '/form': ['text/html', Buffer.from('<p>thanks</p>')],
};
createServer((request, response) => {
  const [type, body, more = {}] = answers[request.url.split('?')[0]] ?? ['text/plain', Buffer.from('ok')];
  request.resume().on('end', () => response.writeHead(200, { 'content-type': type, 'content-length': body.length, ...more }).end(body));
}).listen(process.env.PORT, '127.0.0.1');
`;

describe.skipIf(skipsBrowser)('bodies, in Chromium', () => {
  const stack = new CloseStack();
  let browser: Browser;
  let mesh: RunningMesh;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await openBrowser();
    stack.add({ close: () => browser.close() });
    const copy = await tempMesh(MESH);
    await writeFile(join(copy.folder, 'desk.mjs'), DESK);
    mesh = stack.add(await runUp(copy));
    ({ page, errors } = await openPage(browser, mesh.up.app.url, { width: 1280, height: 800 }));
    await part('node-desk').waitFor();
  });
  afterAll(async () => {
    await stack.close();
    expect(errors).toEqual([]);
  });

  const part = (id: string): Locator => page.getByTestId(id);
  const filter = (): Locator => page.getByRole('combobox', { name: 'Filter requests' });

  /** Asks for it, opens the request, and shows one of its messages. */
  async function open(
    path: string,
    side: 'request' | 'response',
    how: Parameters<typeof visit>[1] = {},
  ): Promise<Locator> {
    await visit(mesh.up.gateway.url + path, how);
    await filter().fill(`path:${path}`);
    await page.mouse.move(640, 20);
    await part('request-row').filter({ hasText: path }).first().click();
    await part('pane-messages').click();
    const name = side === 'request' ? 'Request' : 'Response';
    await part('messages').getByRole('button', { name, exact: true }).click();
    await part(`message-${side}`).waitFor();
    return part(`message-${side}`);
  }

  /** In both themes. */
  async function keepPictures(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, `${name}-${colorScheme}`);
    }
  }

  it('that are pictures are shown as such', async () => {
    const message = await open('/png', 'response');
    await message.getByText('1 × 1').waitFor();
    expect(
      await message.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBe(1);
  });

  it('of gRPC are messages with their lengths, read as far as that goes without a .proto', async () => {
    const message = await open('/grpc', 'response');
    const frames = message.getByTestId('grpc-frames');
    await frames.waitFor();
    const told = (await frames.textContent()) ?? '';
    expect(told).toContain('Message 1 · 8 B');
    expect(told).toContain('1: "ada"2: 150');
    expect(told).toContain('Message 2 · 8 B · cut after 4 B');
    await keepPictures('body-grpc');
  });

  it('that were compressed are decoded, and numbers keep their digits', async () => {
    const message = await open('/zip', 'response');
    const tree = message.getByTestId('json-tree');
    await tree.waitFor();
    expect(await message.textContent()).toContain('gzip undone');
    expect(await tree.textContent()).toContain('list: [ ] 150 items');
    expect(await tree.textContent()).toContain('9007199254740993');
    await tree.getByRole('button', { name: '50 more' }).click();
    expect(await tree.textContent()).toContain('149: 149');
    await keepPictures('body-tree');
  });

  it('that are cut say so', async () => {
    const message = await open('/long', 'response');
    const lack = await message.getByTestId('body-lacks').textContent();
    expect(lack).toContain('1,000 of 10,500 bytes were kept');
    await keepPictures('body-cut');
  });

  it('of forms are fields', async () => {
    const message = await open('/form', 'request', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=Ada+Lovelace&password=s3cr3t',
    });
    const fields = message.getByTestId('form-fields');
    await fields.waitFor();
    expect(await fields.textContent()).toBe('nameAda Lovelacepassword***');
  });

  it('show secrets that were kept only when they are asked to', async () => {
    const message = await open('/secret', 'response');
    await message.getByText('sid=***; Path=/').waitFor();
    expect(await message.textContent()).toContain('token: "***"');
    await part('reveal').click();
    await message.getByText('sid=s3cr3t; Path=/').waitFor();
    expect(await message.textContent()).toContain('token: "s3cr3t"');
    await keepPictures('body-revealed');
    await part('reveal').click();
    await message.getByText('sid=***; Path=/').waitFor();
  });
});
