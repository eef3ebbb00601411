/** One container after the other on the real engine: its life, its end, and what is said of both. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exec } from '../../support/docker/bare-pods.ts';
import { ContainerBench, specOf } from '../../support/docker/container-runtime.ts';
import { hasEngine } from '../../support/docker/engine.ts';
import { nodeImage } from '../../support/docker/images.ts';
import { eventually } from '../../support/eventually.ts';

const SERVER =
  "require('http').createServer((q,a)=>a.end('hello')).listen(process.env.PORT,()=>console.log('listens'))";
const node = (script: string): string[] => ['node', '-e', script];
const FOREVER = 'setInterval(()=>{},1000)';
const MIB = 1024 * 1024;

let image: string;
let bench: ContainerBench;
let folder: string;

describe.skipIf(!hasEngine)('a container', () => {
  beforeAll(async () => {
    image = await nodeImage();
  });
  beforeEach(() => {
    bench = new ContainerBench(image);
    folder = mkdtempSync(join(tmpdir(), 'faultline-container-'));
  });
  afterEach(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  async function ownContainers() {
    const { docker } = await bench.connection.engine();
    const filters = { label: [`faultline.mesh=${bench.meshFile}`] };
    return docker.listContainers({ all: true, filters });
  }

  async function inspectOne() {
    const { docker } = await bench.connection.engine();
    const found = (await ownContainers()).find(
      ({ Labels }) => Labels['faultline.role'] === 'workload',
    );
    return docker.getContainer(found?.Id ?? 'none').inspect();
  }

  it('is ready when its port accepts, tells its output, and is removed when it is stopped', async () => {
    const id = bench.start(specOf('web', { image, command: node(SERVER) }, { port: 8080 }));
    const ready = await bench.until(id, 'ready');
    expect(ready.pid).toBeGreaterThan(0);
    await eventually(() => expect(bench.logs).toContain('web-v1-0 stdout listens'));
    await bench.runtime.stop(id);
    expect(bench.last(id)?.status).toBe('stopped');
    expect(await ownContainers()).toEqual([]);
  });

  it('that ends by itself is started again, with its exit code and its last words', async () => {
    const script = "console.error('no database');process.exit(3)";
    const id = bench.start(specOf('job', { image, command: node(script) }));
    await eventually(() => expect(bench.last(id)?.restarts).toBeGreaterThan(1), { within: 15_000 });
    const told = bench.reports.find(({ status }) => status === 'restarting');
    expect(told?.reason).toMatch(/^exited with code 3: no database; started again in 100 ms$/);
  });

  it('that may end has completed', async () => {
    const spec = specOf('once', { image, command: node(''), restart: { policy: 'no' } });
    const id = bench.start(spec);
    expect(await bench.until(id, 'stopped')).toMatchObject({
      reason: 'completed (exit code 0)',
      exitCode: 0,
    });
  });

  it('that takes more memory than it may is said to have run out of it', async () => {
    const script = 'const all=[];for(;;)all.push(Buffer.alloc(8e6,1))';
    bench.start(specOf('fat', { image, command: node(script), memory: 64 * MIB }));
    await eventually(
      () => {
        const told = bench.reports.find(({ reason }) => reason?.includes('ran out of memory'));
        expect(told?.reason).toContain('its limit, 64 MiB');
      },
      { within: 20_000 },
    );
  });

  it('whose command is not in the image says so, and is tried again', async () => {
    const id = bench.start(specOf('typo', { image, command: ['servre'], init: false }));
    const failed = await bench.until(id, 'failed');
    expect(failed.reason).toContain('its command "servre" was not found in the image');
    await eventually(() => expect(bench.last(id)?.restarts).toBeGreaterThan(0));
  });

  it('whose image cannot be had says which and why, while others run', async () => {
    const web = bench.start(specOf('web', { image, command: node(SERVER) }, { port: 8080 }));
    const id = bench.start(specOf('gone', { image: 'localhost:1/no/such:image' }));
    const failed = await bench.until(id, 'failed', 30_000);
    expect(failed.reason).toContain('image localhost:1/no/such:image');
    expect(failed.reason).toContain('cannot be reached');
    expect((await bench.until(web, 'ready')).restarts).toBe(0);
  });

  it('is built from a folder, with arguments, and what the build says is its output', async () => {
    writeFileSync(
      join(folder, 'Dockerfile'),
      `FROM ${image}\nARG WHAT=none\nRUN echo "makes $WHAT" > /made\nCMD ["cat", "/made"]\n`,
    );
    writeFileSync(join(folder, '.dockerignore'), 'secret\n');
    writeFileSync(join(folder, 'secret'), 'x');
    const build = buildOf({ args: { WHAT: 'bread' } });
    const spec = specOf('built', {
      image: `faultline-test-built:${process.pid}`,
      build,
      pull: 'build',
      restart: { policy: 'no' },
    });
    const id = bench.start(spec);
    await bench.until(id, 'stopped', 30_000);
    const { docker } = await bench.connection.engine();
    await docker.getImage(`faultline-test-built:${process.pid}`).remove({ force: true });
    expect(bench.logs.some((line) => /RUN echo/.test(line))).toBe(true);
    expect(bench.logs).toContain('built-v1-0 stdout makes bread');
  });

  it('whose build fails gives the reason with the last lines of its output', async () => {
    const dockerfileInline = `FROM ${image}\nRUN echo "no such package" && exit 7\n`;
    const spec = specOf('broken', {
      image: `faultline-test-broken:${process.pid}`,
      build: buildOf({ dockerfileInline }),
      pull: 'build',
    });
    const failed = await bench.until(bench.start(spec), 'failed', 30_000);
    expect(failed.reason).toContain(`image faultline-test-broken:${process.pid} cannot be built`);
    expect(failed.reason).toContain('returned a non-zero code: 7');
    expect(failed.reason).toContain('no such package');
  });

  it('gets secrets, folders, memory as a disk, and its environment', async () => {
    writeFileSync(join(folder, 'given'), 'from the host');
    chmodSync(folder, 0o755);
    const script = `
      const fs = require('fs');
      console.log([fs.readFileSync('/run/secrets/key', 'utf8'), fs.readFileSync('/in/given', 'utf8'),
        fs.statSync('/run/secrets/key').mode & 0o777, fs.statfsSync('/mem').blocks * fs.statfsSync('/mem').bsize,
        process.env.A, process.env.PORT, process.getuid()].join(','));`;
    const spec = specOf(
      'full',
      {
        image,
        command: node(script),
        env: { A: 'b' },
        user: '1000',
        restart: { policy: 'no' },
        files: [{ target: '/run/secrets/key', content: 's3cret', mode: 0o440, uid: 1000 }],
        mounts: [
          { type: 'bind', source: folder, target: '/in', readOnly: true },
          { type: 'tmpfs', target: '/mem', readOnly: false, size: 2 * MIB },
        ],
      },
      { port: 3000 },
    );
    await bench.until(bench.start(spec), 'stopped');
    expect(bench.logs).toContain(
      `full-v1-0 stdout s3cret,from the host,${0o440},${2 * MIB},b,3000,1000`,
    );
  });

  it('with a healthcheck is ready when that is well, and says what it says where it is not', async () => {
    const healthcheck = {
      test: ['CMD-SHELL', 'cat /tmp/well || { echo "not yet"; exit 1; }'],
      interval: 300,
      timeout: 1000,
      startPeriod: 0,
      retries: 2,
    };
    const command = node(FOREVER);
    const id = bench.start(specOf('checked', { image, command, healthcheck }));
    const ill = await bench.until(id, 'unhealthy');
    expect(ill.reason).toContain('its healthcheck fails');
    expect(ill.reason).toContain('not yet');
    const { Id } = await inspectOne();
    const { docker } = await bench.connection.engine();
    await exec(docker, Id, ['sh', '-c', 'echo > /tmp/well']);
    await bench.until(id, 'ready');
  });

  it('is paused and resumed, killed and started again, in the order in which it is asked', async () => {
    const id = bench.start(specOf('web', { image, command: node(SERVER) }, { port: 8080 }));
    const { pid } = await bench.until(id, 'ready');
    bench.runtime.signal(id, 'SIGSTOP');
    await eventually(async () => expect((await inspectOne()).State.Paused).toBe(true));
    bench.runtime.signal(id, 'SIGCONT');
    bench.runtime.signal(id, 'SIGKILL');
    await eventually(() => expect(bench.last(id)?.restarts).toBe(1));
    expect(bench.reports.some(({ reason }) => /SIGKILL/.test(reason ?? ''))).toBe(true);
    expect((await bench.until(id, 'ready')).pid).not.toBe(pid);
    expect(bench.events).toEqual([]);
  });

  it('is limited in memory and processor time while it runs, also once it was started anew', async () => {
    const id = bench.start(
      specOf('web', { image, command: node(SERVER), cpus: 1 }, { port: 8080 }),
    );
    await bench.until(id, 'ready');
    expect(bench.runtime.limitMemory(id, 96 * MIB)).toBeUndefined();
    expect(bench.runtime.limitCpu(id, 25)).toBeUndefined();
    const limits = async () => {
      const { Memory, NanoCpus } = (await inspectOne()).HostConfig;
      return [Memory, NanoCpus];
    };
    await eventually(async () => expect(await limits()).toEqual([96 * MIB, 250_000_000]));
    await bench.runtime.restart(id);
    await bench.until(id, 'ready');
    expect(await limits()).toEqual([96 * MIB, 250_000_000]);
    bench.runtime.limitCpu(id, undefined);
    bench.runtime.limitMemory(id, undefined);
    await eventually(async () => {
      const [memory, cpus] = await limits();
      expect(cpus).toBe(1_000_000_000);
      expect(memory).toBeGreaterThan(500 * MIB);
    });
    expect(bench.events).toEqual([]);
  });

  it('has a clock of its own where its C library can load libfaketime', async () => {
    const script = 'setInterval(()=>console.log("year "+new Date().getFullYear()),100)';
    const spec = specOf('late', { image, command: node(script) }, { hasOwnClock: true });
    const id = bench.start(spec);
    await eventually(() => expect(bench.logs.length).toBeGreaterThan(0), { within: 15_000 });
    const now = new Date().getFullYear();
    const TEN_YEARS = 10 * 366 * 24 * 3_600_000;
    expect(bench.runtime.setClock(id, TEN_YEARS)).toBeUndefined();
    await eventually(() => expect(bench.logs).toContain(`late-v1-0 stdout year ${now + 10}`), {
      within: 10_000,
    });
  });

  it('tells what it uses of the machine', async () => {
    const spec = specOf('busy', { image, command: node('for(;;);'), memory: 200 * MIB });
    const id = bench.start(spec);
    await eventually(
      () => {
        const { cpu, memory, memoryLimit, received } = bench.usage[id] ?? { memory: 0 };
        expect(cpu).toBeGreaterThan(20);
        expect(memory).toBeGreaterThan(MIB);
        expect(memoryLimit).toBe(200 * MIB);
        expect(received).toBeGreaterThanOrEqual(0);
      },
      { within: 15_000 },
    );
    expect(bench.runtime.memoryOf(id)).toBeGreaterThan(MIB);
  });

  it('whose pod is lost gets another one', async () => {
    const id = bench.start(specOf('web', { image, command: node(SERVER) }, { port: 8080 }));
    await bench.until(id, 'ready');
    const { docker } = await bench.connection.engine();
    const sidecar = (await ownContainers()).find(
      ({ Labels }) => Labels['faultline.role'] === 'sidecar',
    );
    await docker.getContainer(sidecar?.Id ?? 'none').kill();
    await eventually(() =>
      expect(bench.reports.some(({ reason }) => /lost its sidecar/.test(reason ?? ''))).toBe(true),
    );
    await bench.until(id, 'ready');
  });

  function buildOf(more: object) {
    const rest = { args: {}, labels: {}, cacheFrom: [], tags: [], extraHosts: [] };
    return { context: folder, ...rest, noCache: false, pull: false, ...more };
  }
});
