import { describe, expect, it } from 'vitest';
import { WorkerPool } from '../../../src-main/control/worker-pool.ts';
import type { WorkerPoolEvents } from '../../../src-main/control/worker-pool.ts';
import { DEFAULT_LIMITS } from '../../../src-main/proxy/config.ts';
import type { ProxyConfig } from '../../../src-main/proxy/config.ts';
import type {
  DataPlaneHandlers,
  DataPlaneLink,
  FromWorker,
  ToWorker,
} from '../../../src-main/proxy/messages.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A data plane that takes every configuration, unless it is paused. */
class FakeLink implements DataPlaneLink {
  readonly sent: ToWorker[] = [];
  isPaused = false;
  #handlers: DataPlaneHandlers | undefined;

  send(message: ToWorker): void {
    this.sent.push(message);
    if (this.isPaused || message.type !== 'configure') return;
    const { node, version } = message.config;
    this.say({ type: 'applied', node: node.id, version, ports: {} });
  }

  listen(handlers: DataPlaneHandlers): void {
    this.#handlers = handlers;
  }

  say(message: FromWorker): void {
    this.#handlers?.onMessage(message);
  }

  end(reason: string): void {
    this.#handlers?.onEnd(reason);
  }

  get nodes(): string[] {
    return this.sent.flatMap((one) => (one.type === 'configure' ? [one.config.node.id] : []));
  }
}

function poolOf(count: number) {
  const threads: FakeLink[] = [];
  const lost: (readonly string[])[] = [];
  const events: WorkerPoolEvents = {
    onHops: () => {},
    onCaptured: () => {},
    onHandshakeFailed: () => {},
    onJudgement: () => {},
    onUse: () => {},
    onWorkerLost: (nodes) => lost.push(nodes),
  };
  const startThread = (): FakeLink => {
    const link = new FakeLink();
    threads.push(link);
    return link;
  };
  const clock = new FakeClock();
  return { pool: new WorkerPool(startThread, count, events, clock), threads, lost, clock };
}

function configOf(id: string, version = 1): ProxyConfig {
  const node = { id, kind: 'sidecar', service: id, workloadVersion: 'v1' } as const;
  return { version, node, listeners: [], clusters: [], limits: DEFAULT_LIMITS };
}

describe('the data planes', () => {
  it('share proxies evenly among threads, and keep each where it is', async () => {
    const { pool, threads } = poolOf(2);
    for (const id of ['a', 'b', 'c']) await pool.push(configOf(id));
    await pool.push(configOf('a', 2));
    expect(threads.map(({ nodes }) => nodes)).toEqual([['a', 'c', 'a'], ['b']]);
  });

  it('have the proxy of a pod in the pod alone', async () => {
    const { pool, threads } = poolOf(1);
    const pod = new FakeLink();
    pool.adopt('a', pod);
    await Promise.all([pool.push(configOf('a')), pool.push(configOf('b'))]);
    expect([pod.nodes, threads[0]?.nodes]).toEqual([['a'], ['b']]);
  });

  it('answer for a pod that is gone, and take the next one in its place', async () => {
    const { pool, lost } = poolOf(1);
    const [first, second] = [new FakeLink(), new FakeLink()];
    first.isPaused = true;
    pool.adopt('a', first);
    const pushed = pool.push(configOf('a'));
    first.end('it was killed');
    expect(await pushed).toMatchObject({ type: 'refused', reason: 'it was killed' });
    pool.adopt('a', second);
    await pool.push(configOf('a', 2));
    expect(second.nodes).toEqual(['a']);
    // Its runtime tells of it: nothing stands in its place.
    expect(lost).toEqual([]);
  });

  it('do not wait for a pod that is paused, and take its answer when it comes', async () => {
    const { pool, clock } = poolOf(1);
    const pod = new FakeLink();
    pod.isPaused = true;
    pool.adopt('a', pod);
    const pushed = pool.push(configOf('a'));
    clock.advance(5_000);
    expect(await pushed).toMatchObject({ type: 'refused', node: 'a', version: 1 });
    pod.say({ type: 'applied', node: 'a', version: 1, ports: {} });
    pod.isPaused = false;
    expect(await pool.push(configOf('a', 2))).toMatchObject({ type: 'applied', version: 2 });
    expect(clock.pending).toBe(0);
  });

  it('put another thread in the place of one that died, and say whose proxies were there', async () => {
    const { pool, threads, lost } = poolOf(1);
    await pool.push(configOf('a'));
    threads[0]?.end('a bug');
    expect(lost).toEqual([['a']]);
    await pool.push(configOf('a', 2));
    expect(threads[1]?.nodes).toEqual(['a']);
  });
});
