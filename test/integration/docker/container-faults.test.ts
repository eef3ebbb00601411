/** Packets and disks of containers, disturbed on purpose, on the real engine. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../../../src-main/runtime/docker/run-in.ts';
import { ContainerBench, specOf } from '../../support/docker/container-runtime.ts';
import { hasEngine } from '../../support/docker/engine.ts';
import { nodeImage } from '../../support/docker/images.ts';
import { eventually } from '../../support/eventually.ts';

const SERVER = "require('http').createServer((q,a)=>a.end('hello')).listen(process.env.PORT)";
const MIB = 1024 * 1024;

describe.skipIf(!hasEngine)('a container', () => {
  let image: string;
  let bench: ContainerBench;

  beforeAll(async () => {
    image = await nodeImage();
  });
  beforeEach(() => {
    bench = new ContainerBench(image);
  });
  afterEach(() => bench.close());

  async function server(name: string): Promise<string> {
    const command = ['node', '-e', SERVER];
    const mounts = [{ type: 'tmpfs' as const, target: '/mem', readOnly: false, size: 2 * MIB }];
    const spec = specOf(name, { image, command, mounts }, { port: 8080 });
    const id = bench.start(spec);
    await bench.until(id, 'ready');
    return id;
  }

  async function idOf(instance: string, role: 'workload' | 'sidecar'): Promise<string> {
    const { docker } = await bench.connection.engine();
    const label = [`faultline.instance=${instance}`, `faultline.role=${role}`];
    const [found] = await docker.listContainers({
      filters: { label: [...label, `faultline.mesh=${bench.meshFile}`] },
    });
    return found?.Id ?? 'none';
  }

  /** Runs JavaScript in a workload's container. @throws Error with what it said */
  async function run(instance: string, script: string): Promise<void> {
    const { docker } = await bench.connection.engine();
    await runIn(docker, await idOf(instance, 'workload'), ['node', '-e', script]);
  }

  async function addressOf(instance: string): Promise<string> {
    const { docker } = await bench.connection.engine();
    const { NetworkSettings } = await docker
      .getContainer(await idOf(instance, 'sidecar'))
      .inspect();
    return Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? '';
  }

  const call = (address: string): string =>
    `require('http').get({ host: '${address}', port: 8080, timeout: 800 }, () => process.exit(0))
       .on('timeout', () => { console.log('no answer'); process.exit(1); })`;

  it('is parted from a service at packet level, and from nobody else', async () => {
    const [web, db, other] = await Promise.all(['web', 'db', 'other'].map(server));
    const [toDb, toOther] = [await addressOf(db!), await addressOf(other!)];
    await run(web!, call(toDb));
    expect(bench.runtime.disturb(web!, { cutOff: ['db'] })).toBeUndefined();
    await eventually(() => expect(run(web!, call(toDb))).rejects.toThrow('no answer'), {
      within: 10_000,
    });
    await run(web!, call(toOther));
    await run(other!, call(toDb));
    bench.runtime.disturb(web!, {});
    await eventually(() => run(web!, call(toDb)), { within: 10_000 });
    expect(bench.events).toEqual([]);
  });

  it('is parted from everybody, but not from itself', async () => {
    const web = await server('web');
    bench.runtime.disturb(web, { cutOff: 'all' });
    await eventually(() => expect(run(web, call('172.17.0.1'))).rejects.toThrow('no answer'));
    await run(web, call('127.0.0.1'));
  });

  // Never the same file twice: one that is there gives its room back before it is written anew.
  const fill = "require('fs').writeFileSync('/mem/' + Date.now(), Buffer.alloc(4096))";

  it('has a full disk, until it has room again; a new one after a restart is full too', async () => {
    const web = await server('web');
    await run(web, fill);
    expect(bench.runtime.disturb(web, { fullDisks: 'all' })).toBeUndefined();
    await eventually(() => expect(run(web, fill)).rejects.toThrow('ENOSPC'));
    await bench.runtime.restart(web);
    await bench.until(web, 'ready');
    await eventually(() => expect(run(web, fill)).rejects.toThrow('ENOSPC'));
    bench.runtime.disturb(web, {});
    await eventually(() => run(web, fill));
    expect(bench.events).toEqual([]);
  });

  it('has no disk that could be full where it has no tmpfs with a size: it is said at once', async () => {
    const id = bench.start(
      specOf('bare', { image, command: ['node', '-e', SERVER] }, { port: 80 }),
    );
    await bench.until(id, 'ready');
    expect(bench.runtime.disturb(id, { fullDisks: 'all' })).toContain('no tmpfs with a size');
  });

  it('has late packets, or it is said that the kernel of the engine has no netem', async () => {
    const [web, db] = await Promise.all(['web', 'db'].map(server));
    const address = await addressOf(db!);
    const packets = { delay: 300, jitter: 0, loss: 0, reorder: 0 };
    bench.runtime.disturb(db!, { packets });
    const late = call(address).replace(
      'process.exit(0)',
      'process.exit(performance.now() - start < 300 ? 2 : 0)',
    );
    await eventually(async () => {
      if (bench.events.some((event) => event.includes('has no netem (sch_netem)'))) return;
      await run(web!, `const start = performance.now(); ${late}`);
    });
    expect(bench.events.filter((event) => !event.includes('sch_netem'))).toEqual([]);
  });
});
