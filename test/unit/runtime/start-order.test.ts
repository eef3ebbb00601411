import { describe, expect, it } from 'vitest';
import type { InstanceSpec } from '../../../src-main/runtime/instance.ts';
import type { InstanceReport } from '../../../src-main/runtime/runtime.ts';
import { StartOrder } from '../../../src-main/runtime/start-order.ts';
import type { Dependency } from '../../../src-main/spec/mesh.ts';

function specOf(name: string, dependsOn: Dependency[] = [], index = 0): InstanceSpec {
  return { id: `${name}-${index}`, service: { name, dependsOn }, index } as unknown as InstanceSpec;
}

function bench() {
  const started: string[] = [];
  const told: string[] = [];
  const statuses: Record<string, string> = {};
  const order = new StartOrder(({ id, reason, status }) => {
    told.push(`${id} ${reason}`);
    statuses[id] = status;
  });
  return {
    started,
    told,
    statuses,
    order,
    add: (spec: InstanceSpec) => order.add(spec, () => void started.push(spec.id)),
    async report(id: string, more: Partial<InstanceReport>) {
      order.onReport({ id, status: 'starting', restarts: 0, ...more });
      await Promise.resolve();
    },
  };
}

const needs = (service: string, condition: Dependency['condition']): Dependency[] => [
  { service, condition },
];

describe('the order of starts', () => {
  it('is none where nothing depends on anything', () => {
    const { add, started } = bench();
    add(specOf('a'));
    expect(started).toEqual(['a-0']);
  });

  it('waits until all instances of a service are healthy, and says so', async () => {
    const { add, report, started, told } = bench();
    add(specOf('web', needs('db', 'healthy')));
    add(specOf('db', [], 0));
    add(specOf('db', [], 1));
    await Promise.resolve();
    expect(told).toEqual(['web-0 waits for db to be healthy']);
    await report('db-0', { status: 'ready' });
    await report('db-1', { pid: 7 });
    expect(started).not.toContain('web-0');
    await report('db-1', { status: 'ready' });
    expect(started).toContain('web-0');
  });

  it('waits only until it runs where that is enough', async () => {
    const { add, report, started } = bench();
    add(specOf('web', needs('db', 'started')));
    add(specOf('db'));
    await report('db-0', {});
    expect(started).toEqual(['db-0']);
    await report('db-0', { pid: 7 });
    expect(started).toEqual(['db-0', 'web-0']);
  });

  it('waits for a job to run to its end without an error, and tells of its failure', async () => {
    const { add, report, started, told } = bench();
    add(specOf('web', needs('migrate', 'completed')));
    add(specOf('migrate'));
    await report('migrate-0', { status: 'failed', exitCode: 3, reason: 'exited with code 3' });
    expect(told.at(-1)).toBe(
      'web-0 waits for migrate to run to its end, which fails: exited with code 3',
    );
    await report('migrate-0', { status: 'stopped', exitCode: 0 });
    expect(started).toEqual(['migrate-0', 'web-0']);
  });

  it('has failed so far, all the way up, where what it waits for fails', async () => {
    const { add, report, statuses, started } = bench();
    add(specOf('web', needs('api', 'started')));
    add(specOf('api', needs('db', 'healthy')));
    add(specOf('db'));
    await Promise.resolve();
    expect(statuses).toEqual({ 'web-0': 'starting', 'api-0': 'starting' });
    await report('db-0', { status: 'failed', reason: 'there is no image postgres:99' });
    await Promise.resolve();
    expect(statuses).toEqual({ 'web-0': 'failed', 'api-0': 'failed' });
    await report('db-0', { status: 'ready' });
    await report('api-0', { status: 'ready' });
    expect(started).toEqual(['db-0', 'api-0', 'web-0']);
  });

  it('goes on by hand, and does not wait for what is gone', async () => {
    const { add, order, started } = bench();
    add(specOf('web', needs('db', 'healthy')));
    add(specOf('api', needs('db', 'healthy')));
    add(specOf('db'));
    await Promise.resolve();
    expect(order.startNow('web-0')).toBe(true);
    expect(order.startNow('web-0')).toBe(false);
    order.forget('db-0');
    await Promise.resolve();
    expect(started).toEqual(['db-0', 'web-0', 'api-0']);
  });

  it('lets go of one that is not wanted any more', async () => {
    const { add, order, report, started } = bench();
    add(specOf('web', needs('db', 'healthy')));
    add(specOf('db'));
    order.forget('web-0');
    await report('db-0', { status: 'ready' });
    expect(started).toEqual(['db-0']);
  });
});
