import { describe, expect, it } from 'vitest';
import { InstanceFaults } from '../../../src-main/engine/instance-faults.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

function faulty(lines = '') {
  const clock = new FakeClock(0);
  const log: string[] = [];
  const note = (what: string): void => void log.push(`${clock.now()} ${what}`);
  const events: string[] = [];
  const faults = new InstanceFaults({
    clock,
    signal(id, signal) {
      note(`${id} ${signal}`);
      return true;
    },
    restart(id) {
      note(`${id} restart`);
      return Promise.resolve();
    },
    onEvent: (severity, message) => void events.push(`${severity} ${message}`),
  });
  const apply = (next: string): void =>
    faults.update(meshOf(next === '' ? SAMPLE : `${SAMPLE}\ninstanceFaults:\n${next}\n`));
  if (lines !== '') apply(lines);
  return { clock, log, events, faults, apply };
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

  it('throttle: run for their share of the time, and whole when it is over', () => {
    const { log, clock } = faulty(
      '  - { name: f, service: orders, action: throttle, share: 25, duration: 250ms }',
    );
    clock.advance(1000);
    expect(log.map((line) => line.replace('orders-v1-0 ', ''))).toEqual([
      '0 SIGSTOP',
      '75 SIGCONT',
      '100 SIGSTOP',
      '175 SIGCONT',
      '200 SIGSTOP',
      '250 SIGCONT',
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
});
