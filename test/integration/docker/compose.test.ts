/** A docker-compose stack as it stands: a service between PostgreSQL and Redis, all through sidecars. */
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasEngine } from '../../support/docker/engine.ts';
import { databaseImages } from '../../support/docker/database-images.ts';
import { nodeImage } from '../../support/docker/images.ts';
import { eventually } from '../../support/eventually.ts';
import { runUp } from '../../support/up.ts';
import type { RunningMesh } from '../../support/up.ts';
import { visit } from '../../support/visit.ts';

const STACK = fileURLToPath(new URL('../../support/docker/compose', import.meta.url));

describe.skipIf(!hasEngine)('a docker-compose stack', { timeout: 120_000 }, () => {
  let stack: RunningMesh | undefined;
  let folder: string;

  beforeAll(async () => {
    const images = await databaseImages();
    folder = await mkdtemp(join(tmpdir(), 'faultline-stack-'));
    await cp(STACK, folder, { recursive: true });
    const file = join(folder, 'docker-compose.yml');
    const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
    stack = await runUp(
      { folder, file, close },
      {
        FAULTLINE_SIDECAR_BASE: await nodeImage(),
        NODE_IMAGE: images.node,
        POSTGRES_IMAGE: images.postgres,
        REDIS_IMAGE: images.redis,
      },
    );
  }, 180_000);

  afterAll(async () => {
    await stack?.close();
    execFileSync('docker', ['volume', 'rm', '--force', volume()], { stdio: 'ignore' });
  });

  const volume = (): string => `${basename(folder).toLowerCase()}_data`;

  async function ask(): Promise<{ sum: string; hits: string }> {
    const port = stack?.up.published.find(({ service }) => service === 'web')?.port;
    const { status, body } = await visit(`http://127.0.0.1:${port}/`);
    expect(status).toBe(200);
    return JSON.parse(body) as { sum: string; hits: string };
  }

  it('runs without an edit: names, ports, volumes, files and healthchecks are what they were', async () => {
    expect(await eventually(ask, { within: 20_000 })).toEqual({ sum: '42', hits: '1' });
    expect(await ask()).toEqual({ sum: '42', hits: '2' });
    expect(stack?.up.services.map(({ name }) => name)).toEqual(['web', 'db', 'cache']);
  });

  it('has its volume under the name that compose gives it', () => {
    const volumes = execFileSync('docker', ['volume', 'ls', '--quiet'], { encoding: 'utf8' });
    expect(volumes.split('\n')).toContain(volume());
  });

  it('starts a service when what it depends on is healthy', () => {
    // The engine asks for the first time after an interval of 500 ms.
    expect(startOf('web') - startOf('db')).toBeGreaterThan(500);
  });

  it('takes a fault between its service and its database from the document beside it', async () => {
    const document = join(folder, 'faultline.yaml');
    const fault = 'faults: [{ name: no-db, from: web, to: db, down: {} }]\n';
    await writeFile(document, `mesh: stack\ncompose: docker-compose.yml\n${fault}`);
    await eventually(async () => expect((await ask()).sum).toContain('failed'), {
      within: 20_000,
    });
    expect(Number((await ask()).hits)).toBeGreaterThan(2);
    await writeFile(document, (await readFile(document, 'utf8')).replace(fault, ''));
    await eventually(async () => expect((await ask()).sum).toBe('42'), { within: 20_000 });
  });
});

/** When the container of a service was started. */
function startOf(service: string): number {
  const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' });
  const labels = [`faultline.instance=${service}-v1-0`, 'faultline.role=workload'];
  const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
  const [id = ''] = docker('ps', '--quiet', ...filters).split('\n');
  return Date.parse(docker('inspect', '--format', '{{.State.StartedAt}}', id).trim());
}
