import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const MESH = `mesh: stubs
gateway: { port: 0, routes: [{ service: web }] }
services:
  web:
    stub: { responses: [{ path: /alone, calls: none }] }
    calls: [orders]
  orders:
    stub: { calls: [{ service: users, path: '/u?x=1' }] }
    calls: [users]
  users:
    stub: { body: { name: Ada } }
`;

interface Told {
  readonly service: string;
  readonly calls: { service: string; status: number }[];
  readonly error?: string;
}

async function start(text = MESH): Promise<RunningMesh> {
  return stack.add(await runUp(await tempMesh(text)));
}

async function get(mesh: RunningMesh, path = '/'): Promise<{ status: number; told: Told }> {
  const response = await fetch(mesh.up.gateway.url + path, { headers: { connection: 'close' } });
  return { status: response.status, told: (await response.json()) as Told };
}

async function change(mesh: RunningMesh, from: string, to: string): Promise<void> {
  const text = await readFile(mesh.file, 'utf8');
  expect(text).toContain(from);
  await writeFile(mesh.file, text.replace(from, to));
}

describe('a mesh of stubs', () => {
  it('answers through real sidecars, each stub by calling the others', async () => {
    const mesh = await start();
    expect(await get(mesh)).toMatchObject({
      status: 200,
      told: { service: 'web', calls: [{ service: 'orders', status: 200 }] },
    });
    expect((await get(mesh, '/alone')).told.calls).toEqual([]);
    expect(mesh.up.services.map(({ instances }) => instances[0]?.spiffeId)).toContain(
      'spiffe://stubs.local/ns/default/sa/users',
    );
  });

  it('fails where what it needs fails, and changes what it does while it runs', async () => {
    const mesh = await start();
    await change(mesh, 'body: { name: Ada }', 'status: 503');
    await eventually(async () => expect((await get(mesh)).status).toBe(502));
    const { told } = await get(mesh);
    expect(told).toMatchObject({ error: 'orders has failed', calls: [{ status: 502 }] });
    await change(mesh, "path: '/u?x=1'", 'required: false');
    await eventually(async () => expect((await get(mesh)).status).toBe(200));
    expect(mesh.events.filter(({ status }) => status === 'stopped')).toEqual([]);
  });

  it('takes faults like any other service', async () => {
    const fault = 'faults: [{ name: no-users, to: users, abort: { status: 500 } }]\n';
    const mesh = await start(MESH + fault);
    expect((await get(mesh)).told.calls).toEqual([{ service: 'orders', status: 502 }]);
  });

  it('gives way to the program that it stood for, and comes back', async () => {
    const mesh = await start();
    const program = `require("http").createServer((q, a) => a.end("{}")).listen(process.env.PORT)`;
    await change(
      mesh,
      'stub: { body: { name: Ada } }',
      `command: [node, -e, ${JSON.stringify(program)}]`,
    );
    const ready = (): unknown[] =>
      mesh.events.filter(({ instance, status }) => instance === 'users-v1-0' && status === 'ready');
    await eventually(() => expect(ready()).toHaveLength(1));
    await eventually(async () => expect((await get(mesh)).status).toBe(200));
    await change(mesh, `command: [node, -e, ${JSON.stringify(program)}]`, 'stub: { status: 418 }');
    await eventually(() => expect(ready()).toHaveLength(2));
    await eventually(async () => expect((await get(mesh)).status).toBe(200));
  });

  it('speaks HTTP/2 where the document says so', async () => {
    const mesh = await start(
      MESH.replace('users:\n    stub', 'users:\n    protocol: http2\n    stub'),
    );
    expect((await get(mesh)).told.calls).toEqual([{ service: 'orders', status: 200 }]);
  });
});
