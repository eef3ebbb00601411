import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import { CloseStack } from '../../src-main/base/disposable.ts';
import { eventually } from '../support/eventually.ts';
import { tempMesh } from '../support/temp-mesh.ts';
import { runUp } from '../support/up.ts';
import type { RunningMesh } from '../support/up.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const OUTLIERS =
  '{ consecutive5xx: 2, interval: 200ms, baseEjectionTime: 400ms, maxEjectionPercent: 100 }';

/** Instances 0 and 2 are where the gateway is. */
const MESH = `mesh: zones
gateway: { port: 0, locality: eu/west/a, routes: [{ service: web }] }
services:
  web: { stub: {}, replicas: 4, locality: [eu/west/a, eu/west/b] }
traffic:
  web:
    outlierDetection: ${OUTLIERS}
    retry: { attempts: 3, on: [5xx] }
faults:
  - { name: broken-0, enabled: false, to: web, instance: web-v1-0, abort: { status: 503 } }
  - { name: broken-2, enabled: false, to: web, instance: web-v1-2, abort: { status: 503 } }
`;

async function change(mesh: RunningMesh, from: string, to: string): Promise<void> {
  const text = await readFile(mesh.file, 'utf8');
  expect(text).toContain(from);
  await writeFile(mesh.file, text.replaceAll(from, to));
}

function messages({ events }: RunningMesh): unknown[] {
  return events.map(({ message }) => message);
}

it('a mesh fails over from a zone that is broken, tells so, loses no request, and comes back', async () => {
  const mesh = stack.add(await runUp(await tempMesh(MESH)));
  const statuses: number[] = [];
  let asking = true;
  const callers = Array.from({ length: 4 }, async () => {
    while (asking) {
      const answer = await fetch(mesh.up.gateway.url, { signal: AbortSignal.timeout(10_000) });
      await answer.text();
      statuses.push(answer.status);
    }
  });
  await eventually(() => expect(statuses.length).toBeGreaterThan(40));
  expect(messages(mesh).filter((one) => String(one).includes('fails over'))).toEqual([]);
  await change(mesh, 'enabled: false', 'enabled: true');
  await eventually(() =>
    expect(messages(mesh)).toContain(
      'gateway fails over for web v1, 100 % of its requests to eu/west/b: 0 of 2 instances of eu/west/a are well',
    ),
  );
  await change(mesh, 'enabled: true', 'enabled: false');
  await eventually(() =>
    expect(messages(mesh)).toContain('gateway asks eu/west/a for web v1 again'),
  );
  asking = false;
  await Promise.all(callers);
  expect(statuses.filter((one) => one !== 200)).toEqual([]);
});
