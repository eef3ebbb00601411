/** Engines that cannot be used, go away and come back, and what crashed runs have left in them. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src-main/base/disposable.ts';
import {
  findContainerLeftovers,
  ofMesh,
  removeLeftover,
} from '../../../src-main/runtime/docker/clean-up.ts';
import { connectEngine } from '../../../src-main/runtime/docker/connect.ts';
import { labelsFor } from '../../../src-main/runtime/docker/labels.ts';
import { ContainerBench, specOf } from '../../support/docker/container-runtime.ts';
import { hasEngine } from '../../support/docker/engine.ts';
import { nodeImage } from '../../support/docker/images.ts';
import { OwnEngine } from '../../support/docker/own-engine.ts';
import { eventually } from '../../support/eventually.ts';

const SERVER = "require('http').createServer((q,a)=>a.end('hello')).listen(process.env.PORT)";
const canOwn = hasEngine && process.getuid?.() === 0;

/** Gives an engine of the test's own an image of the machine's. */
function load(engine: OwnEngine, image: string): void {
  const file = join(engine.folder, 'image.tar');
  execFileSync('docker', ['save', '-o', file, image]);
  engine.docker('load', '-i', file);
  rmSync(file);
}

/** Takes what is left of a disk. */
function fill(file: string): void {
  const megabyte = Buffer.alloc(1024 * 1024);
  try {
    for (;;) appendFileSync(file, megabyte);
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
}

const NOBODY = 65_534;

/** What an act fails with for a user without rights. */
async function asNobody(act: () => Promise<unknown>): Promise<unknown> {
  const groups = process.getgroups?.() ?? [];
  process.setgroups?.([]);
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return await act();
  } catch (error) {
    return error;
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.(groups);
  }
}

describe.skipIf(!canOwn)('an engine', () => {
  const stack = new CloseStack();
  let engine: OwnEngine;
  let image: string;

  beforeAll(async () => {
    image = await nodeImage();
    engine = new OwnEngine();
    await engine.start();
    load(engine, image);
  });
  afterEach(() => stack.close());
  afterAll(() => engine.close());

  const envOf = (one: OwnEngine): NodeJS.ProcessEnv => ({ DOCKER_HOST: one.host });

  it('is found, and says what it is', async () => {
    const found = await connectEngine(envOf(engine));
    expect(found).toMatchObject({ source: 'DOCKER_HOST', isLocal: true, address: engine.host });
    expect(found.name).toMatch(/^Docker \d+/);
  });

  it('that goes away loses nothing that can be had again: all is back when it is', async () => {
    const bench = stack.add(new ContainerBench(image, undefined, envOf(engine)));
    const command = ['node', '-e', SERVER];
    const id = bench.start(specOf('web', { image, command }, { port: 8080 }));
    await bench.until(id, 'ready');
    await engine.kill();
    await eventually(() => expect(bench.events[0]).toMatch(/^lost: the container engine does not/));
    await eventually(() => expect(bench.last(id)?.status).not.toBe('ready'));
    await engine.start();
    await eventually(() => expect(bench.events).toContain('back'), { within: 20_000 });
    await bench.until(id, 'ready', 30_000);
  });

  it('that is not there yet is waited for', async () => {
    const late = stack.add(new OwnEngine());
    const bench = stack.add(new ContainerBench(image, undefined, envOf(late)));
    const id = bench.start(specOf('web', { image }));
    const failed = await bench.until(id, 'failed');
    expect(failed.reason).toContain('does not run');
    expect(bench.events[0]).toContain('DOCKER_HOST');
    await late.start();
    await eventually(() => expect(bench.events).toContain('back'), { within: 20_000 });
  });

  it('whose socket is closed to the user says which group to join', async () => {
    // By a path of its own: to the other there may be a connection from before.
    const closed = join(engine.folder, 'closed.sock');
    symlinkSync(engine.socket, closed);
    // What the client is made of is read while that may be done.
    await connectEngine({ DOCKER_HOST: 'unix:///nowhere' }).catch(() => undefined);
    chmodSync(engine.folder, 0o755);
    chmodSync(engine.socket, 0o600);
    const failure = await asNobody(() => connectEngine({ DOCKER_HOST: `unix://${closed}` }));
    expect(failure).toMatchObject({ code: 'no-permission' });
    const said = (failure as Error).message;
    expect(said).toMatch(/^you may not use the container engine at unix:/);
    expect(said).toContain('usermod -aG docker');
  });

  it('whose disk is full says so, and how to make room', async () => {
    const small = stack.add(new OwnEngine(300));
    await small.start();
    load(small, image);
    const bench = stack.add(new ContainerBench(image, undefined, envOf(small)));
    const build = {
      ...{ context: dirname(fileURLToPath(import.meta.url)), args: {}, labels: {}, tags: [] },
      ...{ cacheFrom: [], extraHosts: [], noCache: false, pull: false },
      dockerfileInline: 'FROM scratch\nCOPY . /x\n',
    };
    fill(join(small.folder, 'data', 'filled'));
    const spec = specOf('web', { image: 'x', build, pull: 'build' });
    const failed = await bench.until(bench.start(spec), 'failed', 20_000);
    expect(failed.reason).toContain("the engine's disk is full: make room");
  });
});

describe.skipIf(!hasEngine)('what a crashed run has left in an engine', () => {
  const meshFile = `/test/left/${process.pid}.yaml`;

  it('is found by its labels and removed; what belongs to one that lives is not', async () => {
    const image = await nodeImage();
    const { docker } = await connectEngine();
    const own = labelsFor({ meshFile, role: 'workload', instance: 'a-v1-0' });
    const gone = {
      ...own,
      'faultline.engine': `${own['faultline.engine']?.split('/')[0]}/999999/1`,
    };
    const create = (Labels: Record<string, string>) =>
      docker.createContainer({ Image: image, Cmd: ['sleep', '1000'], Labels });
    const [left, living] = [await create(gone), await create(own)];
    await left.start();
    const network = await docker.createNetwork({ Name: `left-${process.pid}`, Labels: gone });
    const found = (await findContainerLeftovers(docker)).find((one) => one.meshFile === meshFile);
    expect(found).toEqual({ meshFile, containers: [left.id], networks: [network.id] });
    await removeLeftover(docker, found!);
    const rest = await findContainerLeftovers(docker, ofMesh(meshFile));
    expect(rest).toEqual([{ meshFile, containers: [living.id], networks: [] }]);
    await removeLeftover(docker, rest[0]!);
  });
});
