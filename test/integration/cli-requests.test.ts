import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { faultline } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import type { TempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';
import { visit } from '../support/visit.ts';

const MESH = `mesh: post
gateway: { port: 0, routes: [{ service: desk }] }
services:
  desk: { stub: { body: { ok: true } } }
capture:
  - { name: all, from: gateway }
`;

describe('faultline requests', () => {
  const stack = new CloseStack();
  let copy: TempMesh;
  let mesh: RunningMesh;

  beforeAll(async () => {
    copy = await tempMesh(MESH);
    mesh = stack.add(await runUp(copy));
    for (const path of ['/one', '/two', '/three']) await visit(mesh.up.gateway.url + path);
  });
  afterAll(() => stack.close());

  const run = (...args: string[]) => faultline(['requests', mesh.up.app.url, ...args]);

  it('prints what fits, the newest first, a line of JSON each', async () => {
    await eventually(
      async () => {
        const { code, stdout } = await run('--filter', 'path:/t*');
        const lines = stdout.trim().split('\n').filter(Boolean);
        expect(code).toBe(0);
        expect(lines.map((line) => (JSON.parse(line) as { path: string }).path)).toEqual([
          '/three',
          '/two',
        ]);
      },
      { within: 20_000 },
    );
    expect((await run('--limit', '1')).stdout.trim().split('\n')).toHaveLength(1);
  });

  it('saves them as an HTTP Archive, with their messages', async () => {
    const file = join(copy.folder, 'some.har');
    const { code, stderr } = await run('--har', file);
    expect([code, stderr]).toEqual([0, expect.stringContaining('wrote 3 requests') as string]);
    const { log } = JSON.parse(await readFile(file, 'utf8')) as {
      log: {
        version: string;
        entries: { request: { url: string }; response: { content: { text: string } } }[];
      };
    };
    expect(log.version).toBe('1.2');
    expect(log.entries.map(({ request }) => request.url.replace(/^.*\//, ''))).toEqual([
      ...['one', 'two', 'three'],
    ]);
    expect(JSON.parse(log.entries[0]?.response.content.text ?? '')).toEqual({ ok: true });
  });

  it('says what is wrong with an address or a filter', async () => {
    const none = await faultline(['requests', 'http://127.0.0.1:1/']);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('#token=') as string]);
    const dead = await faultline(['requests', 'http://127.0.0.1:1/#token=x']);
    expect([dead.code, dead.stderr]).toEqual([
      2,
      expect.stringContaining('no engine answers') as string,
    ]);
    const wrong = await run('--filter', 'nonsense:1');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('filter') as string]);
  });
});
