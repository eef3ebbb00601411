import { describe, expect, it } from 'vitest';
import { InstanceFaults } from '../../../src-main/engine/instance-faults.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

function faulty(lines = '') {
  const clock = new FakeClock(0);
  const log: string[] = [];
  const note = (what: string): void => void log.push(`${clock.now()} ${what}`);
  const events: string[] = [];
  const published: string[][] = [];
  const faults = new InstanceFaults({
    clock,
    runtime: {
      signal(id, signal) {
        note(`${id} ${signal}`);
        return true;
      },
      restart(id) {
        note(`${id} restart`);
        return Promise.resolve();
      },
      memoryOf: (id) => (id.startsWith('orders') ? 1000 : undefined),
      limitMemory(id, limit) {
        note(`${id} memory ${limit}`);
        return undefined;
      },
      limitCpu(id, share) {
        note(`${id} cpu ${share}`);
        return undefined;
      },
      disturb(id, disturbance) {
        note(`${id} ${JSON.stringify(disturbance)}`);
        return undefined;
      },
      setClock(id, offset) {
        note(`${id} clock ${offset}`);
        return id.startsWith('orders') ? undefined : 'there is no library';
      },
    },
    onEvent: (severity, message) => void events.push(`${severity} ${message}`),
    publish(then) {
      published.push(faults.faulty.map(({ id, faults: names }) => `${id} ${names.join(' ')}`));
      then?.();
    },
  });
  const apply = (next: string): void =>
    faults.update(meshOf(next === '' ? SAMPLE : `${SAMPLE}\ninstanceFaults:\n${next}\n`));
  if (lines !== '') apply(lines);
  return { clock, log, events, published, faults, apply };
}

describe('faults of instances', () => {
  it('pause for a time, and go on when it is over', () => {
    const { clock, log, events } = faulty(
      '  - { name: f, service: payments, version: v2, action: pause, duration: 5s }',
    );
    clock.advance(10_000);
    expect(log).toEqual([
      '0 payments-v2-0 SIGSTOP',
      '0 payments-v2-1 SIGSTOP',
      '5000 payments-v2-0 SIGCONT',
      '5000 payments-v2-1 SIGCONT',
    ]);
    expect(clock.pending).toBe(0);
    expect(events[0]).toBe('info payments-v2-0: pause, on purpose (f)');
  });

  it('are undone when they are switched off, and when the mesh ends', () => {
    const pause = '  - { name: f, service: orders, action: pause }';
    const { log, apply, faults, clock } = faulty(pause);
    apply(pause.replace('f,', 'f, enabled: false,'));
    apply(pause);
    faults.close();
    expect(log.map((line) => line.split(' ')[2])).toEqual([
      'SIGSTOP',
      'SIGCONT',
      'SIGSTOP',
      'SIGCONT',
    ]);
    expect(clock.pending).toBe(0);
  });

  it('two pauses of one instance are over when both are', () => {
    const one = '  - { name: f, service: orders, action: pause, duration: 1s }';
    const other = '  - { name: g, service: orders, action: pause, duration: 3s }';
    const { log, clock } = faulty(`${one}\n${other}`);
    clock.advance(5000);
    expect(log.filter((line) => line.includes('SIGCONT'))).toEqual(['3000 orders-v1-0 SIGCONT']);
  });

  it('kill or restart once each time they begin', () => {
    const schedule = 'schedule: { every: 10s, duration: 1s }';
    const { log, clock } = faulty(
      `  - { name: f, service: payments, version: v2, index: 1, action: kill, ${schedule} }`,
    );
    clock.advance(25_000);
    expect(log).toEqual([
      '0 payments-v2-1 SIGKILL',
      '10000 payments-v2-1 SIGKILL',
      '20000 payments-v2-1 SIGKILL',
    ]);
    expect(faulty('  - { name: f, service: orders, action: restart }').log).toEqual([
      '0 orders-v1-0 restart',
    ]);
  });

  it('throttle to a share of the time, the least of several, and whole when all are over', () => {
    const throttle = '{ service: orders, action: throttle, name: ';
    const { log, clock } = faulty(
      `  - ${throttle}f, share: 25, duration: 3s }\n  - ${throttle}g, share: 50, duration: 5s }`,
    );
    clock.advance(10_000);
    expect(log.map((line) => line.replace('orders-v1-0 cpu ', ''))).toEqual([
      ...['0 25', '0 25', '3000 50', '5000 undefined'],
    ]);
    expect(clock.pending).toBe(0);
  });

  it('pause an instance that was started anew meanwhile', () => {
    const { log, faults } = faulty('  - { name: f, service: orders, action: pause }');
    const report = { id: 'orders-v1-0', status: 'starting', restarts: 1, pid: 7 } as const;
    faults.onReport(report);
    faults.onReport({ ...report, status: 'ready' });
    expect(log).toEqual(['0 orders-v1-0 SIGSTOP', '0 orders-v1-0 SIGSTOP']);
  });

  it('limit memory to what is held and so much more, also of one that is started anew', () => {
    const squeeze = '{ service: orders, action: memoryPressure, duration: 5s, name: ';
    const { log, faults, clock } = faulty(
      `  - ${squeeze}f, headroomBytes: 500 }\n  - ${squeeze}g, headroomBytes: 200 }`,
    );
    faults.onReport({ id: 'orders-v1-0', status: 'starting', restarts: 1, pid: 7 });
    clock.advance(5000);
    expect(log.map((line) => line.replace('orders-v1-0 memory ', ''))).toEqual([
      ...['0 1500', '0 1200', '0 1200', '5000 1200', '5000 undefined'],
    ]);
  });

  it('disturb network and disks, all of them at once, until each is over', () => {
    const { log, clock } = faulty(
      [
        '{ name: f, service: orders, action: netem, delay: 100ms, jitter: 5ms, duration: 2s }',
        '{ name: g, service: orders, action: netem, loss: 7, duration: 3s }',
        '{ name: h, service: orders, action: partition, from: [payments], duration: 1s }',
        '{ name: i, service: orders, action: diskFull, folder: /tmp, duration: 1s }',
      ]
        .map((line) => `  - ${line}`)
        .join('\n'),
    );
    clock.advance(4000);
    const said = log.map((line) => line.replace('orders-v1-0 ', ''));
    const packets = '"packets":{"delay":100,"jitter":5,"loss":7,"reorder":0}';
    expect(said[3]).toBe(`0 {${packets},"cutOff":["payments"],"fullDisks":["/tmp"]}`);
    expect(said.at(-3)).toBe(`1000 {${packets}}`);
    expect(said.at(-2)).toBe('2000 {"packets":{"delay":0,"jitter":0,"loss":7,"reorder":0}}');
    expect(said.at(-1)).toBe('3000 {}');
  });

  it('set clocks, which add up, and set them right again', () => {
    const skew = '{ service: orders, action: clockSkew, name: ';
    const { log, apply } = faulty(`  - ${skew}f, offset: 1h }\n  - ${skew}g, offset: -10m }`);
    apply(`  - ${skew}g, offset: -10m }`);
    apply('');
    expect(log.map((line) => Number(line.split(' ').at(-1)))).toEqual([
      ...[3_600_000, 3_000_000, -600_000, 0],
    ]);
  });

  it('say so where the machine cannot do it', () => {
    const { events } = faulty(
      '  - { name: f, service: payments, version: v2, action: clockSkew, offset: 1h }\n' +
        '  - { name: g, service: payments, version: v1, action: memoryPressure }',
    );
    expect(events).toContain('warning payments-v2-0: no clockSkew (f): there is no library');
    expect(events).toContain('warning payments-v1-0: no memoryPressure (g): it does not run');
  });

  it('are told to the proxies before they act, and as long as they do', () => {
    const pause = '  - { name: f, service: orders, action: pause, duration: 5s }';
    const { published, log, clock } = faulty(pause);
    expect(published).toEqual([['orders-v1-0 f']]);
    clock.advance(5000);
    expect(published).toEqual([['orders-v1-0 f'], []]);
    expect(log).toHaveLength(2);
  });

  it('that kill are told until the instance is back', () => {
    const { published, faults } = faulty('  - { name: f, service: orders, action: kill }');
    const report = { id: 'orders-v1-0', restarts: 1, pid: 7 } as const;
    faults.onReport({ ...report, status: 'ready' });
    expect(published).toEqual([['orders-v1-0 f']]);
    faults.onReport({ ...report, status: 'restarting' });
    faults.onReport({ ...report, status: 'ready' });
    expect(published).toEqual([['orders-v1-0 f'], []]);
  });

  it('that are over before the proxies know of them do not act any more', () => {
    const clock = new FakeClock(0);
    const signals: string[] = [];
    const waiting: (() => void)[] = [];
    const faults = new InstanceFaults({
      clock,
      runtime: {
        signal: (_id, signal) => signals.push(signal) > 0,
        restart: () => Promise.resolve(),
        memoryOf: () => undefined,
        limitMemory: () => undefined,
        limitCpu: () => undefined,
        disturb: () => undefined,
        setClock: () => undefined,
      },
      onEvent: () => {},
      publish: (then) => then && waiting.push(then),
    });
    const pause = '{ name: f, service: orders, action: pause }';
    faults.update(meshOf(`${SAMPLE}\ninstanceFaults: [${pause}]\n`));
    faults.update(meshOf(SAMPLE));
    for (const then of waiting) then();
    expect(signals).not.toContain('SIGSTOP');
  });
});
