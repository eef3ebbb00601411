/** A mesh of containers, started in its order and ended from outside. */
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import { faultline } from '../../support/command.ts';
import { hasEngine } from '../../support/docker/engine.ts';
import { docker, ofMesh, runPods } from '../../support/docker/mesh.ts';
import { eventually } from '../../support/eventually.ts';
import type { RunningMesh } from '../../support/up.ts';

const stack = new CloseStack();
afterEach(() => stack.close());

const DOCUMENT = `
mesh: ordered
runtime: docker
container: { image: IMAGE, init: true }
gateway: { port: 0, routes: [{ service: web }] }
services:
  migrate: { container: { image: IMAGE, command: [sh, -c, "sleep 1; echo done"], restart: no }, port: 80 }
  db: { command: node relay.mjs, workingFolder: SERVICES, port: 8080, env: { NAME: db }, health: / }
  web:
    command: node relay.mjs
    workingFolder: SERVICES
    port: 8080
    env: { NAME: web }
    health: /
    dependsOn: [{ service: db, condition: healthy }, { service: migrate, condition: completed }]
`;

describe.skipIf(!hasEngine)('a mesh of containers', { timeout: 120_000 }, () => {
  it('starts what depends on others after them, and is ended by "faultline down"', async () => {
    const mesh = stack.add(await runPods(DOCUMENT));
    const state = { XDG_STATE_HOME: join(dirname(mesh.file), 'state') };
    expect(startedAt(mesh, 'web')).toBeGreaterThan(startedAt(mesh, 'db'));
    expect(startedAt(mesh, 'web') - startedAt(mesh, 'migrate')).toBeGreaterThan(1000);
    const { code, stdout } = await faultline(['down', mesh.file], state);
    expect(code).toBe(0);
    expect(stdout).toContain(`ended ${mesh.file} (process ${mesh.pid})`);
    await eventually(() => expect(ofMesh(mesh, 'ps', '-aq')).toEqual([]));
  });
});

/** When the container of a service was started, in milliseconds. */
function startedAt(mesh: RunningMesh, service: string): number {
  const workload = [
    '--filter',
    'label=faultline.role=workload',
    '--filter',
    `name=${service}-v1-0`,
  ];
  const [id] = ofMesh(mesh, 'ps', '-aq', ...workload);
  return Date.parse(docker('inspect', '--format', '{{.State.StartedAt}}', id ?? 'none'));
}
