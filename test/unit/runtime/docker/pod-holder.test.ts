import { describe, expect, it } from 'vitest';
import type { EngineConnection } from '../../../../src-main/runtime/docker/connection.ts';
import type { Pod } from '../../../../src-main/runtime/docker/pod.ts';
import { PodHolder } from '../../../../src-main/runtime/docker/pod-holder.ts';
import type { InstanceSpec } from '../../../../src-main/runtime/instance.ts';

function bench() {
  const log: string[] = [];
  const losers: ((reason: string) => void)[] = [];
  const engine = { isLost: false, tellLost: (): void => undefined };
  const connection = {
    get isLost() {
      return engine.isLost;
    },
    onLost(listener: () => void) {
      const before = engine.tellLost;
      engine.tellLost = () => {
        before();
        listener();
      };
      return () => undefined;
    },
  } as unknown as EngineConnection;
  const holder = new PodHolder({ id: 'a-v1-0' } as InstanceSpec, {
    connection,
    pods: {
      create: () => {
        const number = losers.length + 1;
        log.push(`made ${number}`);
        const lost = new Promise<string>((resolve) => losers.push(resolve));
        const remove = () => Promise.resolve(void log.push(`removed ${number}`));
        return Promise.resolve({ networkMode: `container:${number}`, lost, remove } as Pod);
      },
      close: () => Promise.resolve(),
    },
    events: {
      onPod: (_id, pod, port) => Promise.resolve(void log.push(`${pod.networkMode} at ${port}`)),
      onPodGone: () => void log.push('gone'),
    },
    onLost: (reason) => void log.push(`lost: ${reason}`),
  });
  return { engine, holder, log, losers };
}

describe('the pod of an instance', () => {
  it('is made once, and has its configuration once it is wired', async () => {
    const { holder, log } = bench();
    const pod = await holder.ensure();
    expect(await holder.ensure()).toBe(pod);
    expect(holder.isWired(pod)).toBe(false);
    await holder.wire(pod, 80);
    expect(holder.isWired(pod)).toBe(true);
    await holder.remove();
    expect(log).toEqual(['made 1', 'container:1 at 80', 'gone', 'removed 1']);
    expect(holder.current).toBeUndefined();
  });

  it('that is lost is removed before another one is made', async () => {
    const { holder, log, losers } = bench();
    await holder.ensure();
    losers[0]?.('no memory');
    await Promise.resolve();
    await Promise.resolve();
    const next = await holder.ensure();
    expect(next.networkMode).toBe('container:2');
    expect(log).toEqual(['made 1', 'gone', 'removed 1', 'lost: no memory', 'made 2']);
  });

  it('that is asked to end is not lost', async () => {
    const { holder, log, losers } = bench();
    await holder.ensure();
    await holder.remove();
    losers[0]?.('it was removed');
    await Promise.resolve();
    expect(log).toEqual(['made 1', 'gone', 'removed 1']);
  });

  it('is not removed without an engine: nobody would answer', async () => {
    const { engine, holder, log } = bench();
    await holder.ensure();
    engine.isLost = true;
    engine.tellLost();
    await holder.remove();
    expect(log).not.toContain('removed 1');
  });
});
