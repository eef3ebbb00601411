import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const MESH = `mesh: endpoints
gateway: { port: 0, routes: [{ service: web }] }
services:
  web:
    stub: { calls: [orders] }
    calls: [orders]
  orders:
    stub: { latency: { uniform: { min: 1ms, max: 20ms } } }
    replicas: 2
`;

async function start(text: string): Promise<RunningMesh> {
  return stack.add(await runUp(await tempMesh(text)));
}

async function change(mesh: RunningMesh, from: string, to: string): Promise<void> {
  const text = await readFile(mesh.file, 'utf8');
  expect(text).toContain(from);
  await writeFile(mesh.file, text.replace(from, to));
}

async function status(mesh: RunningMesh): Promise<number> {
  const answer = await fetch(mesh.up.gateway.url, { signal: AbortSignal.timeout(10_000) });
  await answer.text();
  return answer.status;
}

function lastState(mesh: RunningMesh, instance: string): Record<string, unknown> | undefined {
  return mesh.events
    .filter((one) => one['event'] === 'state' && one['instance'] === instance)
    .at(-1);
}

describe('instances that come and go', () => {
  it('cost no request while callers go on asking', async () => {
    const mesh = await start(MESH);
    const statuses: number[] = [];
    let asking = true;
    const callers = Array.from({ length: 8 }, async () => {
      while (asking) statuses.push(await status(mesh));
    });
    const served = async (): Promise<void> => {
      const before = statuses.length;
      await eventually(() => expect(statuses.length).toBeGreaterThan(before + 40));
    };
    await served();
    for (const [from, to] of [
      [2, 4],
      [4, 1],
      [1, 3],
      [3, 2],
    ]) {
      await change(mesh, `replicas: ${from}`, `replicas: ${to}`);
      const gone = Array.from({ length: 4 }, (_, i) => i).filter((i) => i >= (to ?? 0));
      await eventually(() => {
        for (let i = 0; i < (to ?? 0); i++) {
          expect([undefined, 'ready']).toContain(lastState(mesh, `orders-v1-${i}`)?.['status']);
        }
        for (const i of gone) {
          expect([undefined, 'removed']).toContain(lastState(mesh, `orders-v1-${i}`)?.['status']);
        }
      });
      await served();
    }
    asking = false;
    await Promise.all(callers);
    expect(statuses.filter((one) => one !== 200)).toEqual([]);
  });

  it('are told to be left out, by whom, why and until when, and when they are asked again', async () => {
    const policies = `traffic:
  orders:
    outlierDetection: { consecutive5xx: 3, interval: 200ms, baseEjectionTime: 500ms }
faults:
  - { name: broken, to: orders, instance: orders-v1-1, abort: { status: 503 } }
`;
    const mesh = await start(MESH + policies);
    await eventually(async () => {
      await status(mesh);
      expect(lastState(mesh, 'orders-v1-1')?.['avoided']).toMatchObject([
        { by: 'web-v1-0', cause: 'consecutive-5xx' },
      ]);
    });
    const [avoided] = lastState(mesh, 'orders-v1-1')?.['avoided'] as [{ until: number }];
    expect(avoided.until).toBeGreaterThan(Date.now() - 10_000);
    const messages = mesh.events.map((one) => one['message']);
    expect(messages).toContain('web-v1-0 leaves orders-v1-1 out: consecutive-5xx');
    await change(mesh, 'abort: { status: 503 }', 'abort: { status: 503, percentage: 0 }');
    await eventually(() => expect(lastState(mesh, 'orders-v1-1')).not.toHaveProperty('avoided'));
    await eventually(() =>
      expect(mesh.events.map((one) => one['message'])).toContain('web-v1-0 asks orders-v1-1 again'),
    );
  });
});
