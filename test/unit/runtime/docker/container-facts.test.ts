import { describe, expect, it } from 'vitest';
import { whyNotLoadable } from '../../../../src-main/runtime/docker/container-clock.ts';
import { readEvent } from '../../../../src-main/runtime/docker/container-events.ts';
import { afterExit, explainExit } from '../../../../src-main/runtime/docker/exit.ts';
import { hasEnded, labelsFor, ownEngine } from '../../../../src-main/runtime/docker/labels.ts';
import { memoryOf, networkOf, usageOf } from '../../../../src-main/runtime/docker/stats.ts';
import { explainEngine, secondsOf } from '../../../../src-main/runtime/docker/workload.ts';

describe('why a container has ended', () => {
  const exit = (code: number, more = {}) => ({ code, isOutOfMemory: false, ...more });

  it.each([
    [exit(1), 'exited with code 1'],
    [exit(0), 'exited with code 0'],
    [exit(127), 'exited with code 127: its command was not found in the image'],
    [exit(126), 'exited with code 126: its command may not be executed'],
    [exit(143), 'was ended by SIGTERM (exit code 143)'],
    [exit(137), 'was ended by SIGKILL (exit code 137)'],
    [exit(128, { error: 'no such device' }), 'could not run: no such device'],
  ])('%o', (one, expected) => {
    expect(explainExit(one, undefined)).toBe(expected);
  });

  it('since there was no more memory for it: its limit is named', () => {
    const killed = exit(137, { isOutOfMemory: true });
    expect(explainExit(killed, 64 * 1024 * 1024)).toBe(
      'ran out of memory: the kernel killed it when no more of its limit, 64 MiB, was left (exit code 137)',
    );
    expect(explainExit(killed, undefined)).toContain('when no more was left');
  });

  it('and what comes then, by its restart policy', () => {
    expect(afterExit({ policy: 'always' }, exit(0), 0)).toBe('restart');
    expect(afterExit({ policy: 'unlessStopped' }, exit(1), 9)).toBe('restart');
    expect(afterExit({ policy: 'no' }, exit(0), 0)).toBe('completed');
    expect(afterExit({ policy: 'no' }, exit(1), 1)).toBe('failed');
    expect(afterExit({ policy: 'onFailure' }, exit(0), 0)).toBe('completed');
    expect(afterExit({ policy: 'onFailure', attempts: 2 }, exit(1), 2)).toBe('restart');
    expect(afterExit({ policy: 'onFailure', attempts: 2 }, exit(1), 3)).toBe('failed');
  });
});

describe('what the engine could not do', () => {
  const said = (message: string): string =>
    explainEngine(Object.assign(new Error('(HTTP code 400) bad - x'), { json: { message } }));

  it.each([
    ['mkdir /var/lib/docker/x: no space left on device', "the engine's disk is full"],
    [
      'OCI runtime create failed: exec: "servre": executable file not found in $PATH',
      'its command "servre" was not found in the image',
    ],
    [
      'invalid mount config: bind source path does not exist: /nowhere',
      '/nowhere, which is to be mounted, does not exist',
    ],
    ['port is already allocated', 'port is already allocated'],
  ])('%s', (message, expected) => {
    expect(said(message)).toContain(expected);
  });

  it("is said without the library's wrapping", () => {
    expect(explainEngine(new Error('(HTTP code 500) server error - it is so '))).toBe('it is so');
  });
});

describe('what a container uses', () => {
  const sample = (at: string, cpu: number, usage: number, limit: number) => ({
    read: at,
    cpu_stats: { cpu_usage: { total_usage: cpu } },
    memory_stats: { usage, limit, stats: { inactive_file: 30 } },
  });

  it('is memory without the cache of files, and processor time between two samples', () => {
    const before = sample('2026-01-01T00:00:00Z', 1e9, 100, 1000);
    const now = sample('2026-01-01T00:00:02Z', 4e9, 130, 1000);
    expect(usageOf(now, before, 1000)).toEqual({ memory: 100, cpu: 150 });
    expect(usageOf(now, undefined, 2000)).toEqual({ memory: 100, memoryLimit: 1000 });
  });

  it('has no figure where the counters began anew', () => {
    const before = sample('2026-01-01T00:00:00Z', 4e9, 100, 1000);
    const now = sample('2026-01-01T00:00:02Z', 1e9, 100, 1000);
    expect(usageOf(now, before, 1000)).toEqual({ memory: 70 });
    expect(networkOf({}, { networks: { eth0: { rx_bytes: 1, tx_bytes: 0 } } }, 2)).toEqual({});
  });

  it('knows the cache by the names of both versions of cgroups', () => {
    const stats = { total_inactive_file: 60, inactive_file: 1 };
    const now = { ...sample('', 0, 100, 0), memory_stats: { usage: 100, stats } };
    expect(memoryOf(now)).toBe(40);
  });

  it('is what went through all interfaces, per second', () => {
    const at = (rx: number, tx: number) => ({
      networks: {
        eth0: { rx_bytes: rx, tx_bytes: tx },
        eth1: { rx_bytes: 0, tx_bytes: 100 },
      },
    });
    expect(networkOf(at(3000, 1100), at(1000, 1000), 2)).toEqual({ received: 1000, sent: 50 });
  });
});

describe('events of the engine', () => {
  it('tell of health and of memory that ran out', () => {
    const line = (Action: string) => JSON.stringify({ Action, Actor: { ID: 'c1' } });
    expect(readEvent(line('health_status: unhealthy'))).toEqual({
      container: 'c1',
      event: { kind: 'health', status: 'unhealthy' },
    });
    expect(readEvent(line('oom'))?.event).toEqual({ kind: 'oom' });
    expect(readEvent(line('exec_create: /bin/sh -c true'))).toBeUndefined();
    expect(readEvent('{"cut')).toBeUndefined();
  });
});

describe('times of the engine', () => {
  it('are seconds with nanoseconds', () => {
    expect(secondsOf('1970-01-01T00:00:02.5Z')).toBe('2.500000000');
    expect(secondsOf('1970-01-01T00:00:02.123456789Z')).toBe('2.123456789');
    expect(secondsOf('1970-01-01T00:00:02Z')).toBe('2.000000000');
    // So the engine writes never.
    expect(secondsOf('0001-01-01T00:00:00Z')).toBe('0.000000000');
  });
});

describe('labels', () => {
  it('name the mesh and the Faultline that made a thing, which lives', () => {
    const labels = labelsFor({ meshFile: '/m.yaml', role: 'workload', instance: 'a-v1-0' });
    expect(labels).toMatchObject({
      'faultline.mesh': '/m.yaml',
      'faultline.role': 'workload',
      'faultline.instance': 'a-v1-0',
    });
    expect(hasEnded(ownEngine())).toBe(false);
  });

  it('of a process that has ended, or whose number another one has now, are left over', () => {
    const [machine] = ownEngine().split('/');
    expect(hasEnded(`${machine}/${process.pid}/another time`)).toBe(true);
    expect(hasEnded(`${machine}/999999999/1`)).toBe(true);
  });

  it('of another machine on the same engine are none of our business', () => {
    expect(hasEnded('elsewhere/999999999/1')).toBe(false);
  });
});

describe('a clock of its own', () => {
  it('needs a C library as new as what is put into the image', () => {
    const library = Buffer.from('..GLIBC_2.4..GLIBC_2.34..');
    expect(whyNotLoadable(library, Buffer.from('GLIBC_2.2.5 GLIBC_2.36'))).toBeUndefined();
    expect(whyNotLoadable(library, Buffer.from('GLIBC_2.31'))).toContain('older (2.31)');
  });
});
