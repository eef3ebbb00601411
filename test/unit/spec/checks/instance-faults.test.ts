import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../src-main/spec/document/edit.ts';
import { SAMPLE, meshOf, problemsOf } from '../document/sample.ts';

const text = (line: string): string => `${SAMPLE}\ninstanceFaults:\n  - ${line}\n`;

describe('a fault of instances', () => {
  it('has defaults, and times in milliseconds', () => {
    const line = '{ name: f, service: orders, action: throttle, duration: 2s }';
    expect(meshOf(text(line)).instanceFaults).toEqual([
      {
        name: 'f',
        enabled: true,
        service: 'orders',
        action: 'throttle',
        share: 20,
        headroomBytes: 32 * 1024 * 1024,
        offset: 0,
        duration: 2000,
      },
    ]);
    expect(meshOf(SAMPLE)).not.toHaveProperty('instanceFaults');
  });

  it('is for what there is', () => {
    expect(problemsOf(text('{ name: f, service: order, action: kill }'))).toEqual([
      expect.stringContaining('there is no service "order"; did you mean "orders"'),
    ]);
    expect(problemsOf(text('{ name: f, service: orders, version: v2, action: kill }'))).toEqual([
      expect.stringContaining('orders has no version "v2"'),
    ]);
    expect(problemsOf(text('{ name: f, service: orders, index: 1, action: kill }'))).toEqual([
      expect.stringContaining('orders has no such instance'),
    ]);
    expect(problemsOf(text('{ name: f, service: orders, action: sleep }'))).toEqual([
      expect.stringContaining('wrong-value'),
    ]);
  });

  it('of the clock says by how much it is wrong', () => {
    const skew = (offset: string): string =>
      text(`{ name: f, service: orders, action: clockSkew${offset} }`);
    expect(meshOf(skew(', offset: -5m')).instanceFaults?.[0]?.offset).toBe(-300_000);
    expect(meshOf(skew(', offset: 1h')).instanceFaults?.[0]?.offset).toBe(3_600_000);
    expect(problemsOf(skew(''))).toEqual([expect.stringContaining('expected an "offset"')]);
    expect(problemsOf(skew(', offset: late'))).toEqual([
      expect.stringContaining('expected a duration, such as "1h" or "-5m"'),
    ]);
  });

  it('of the network says what befalls the packets, and of whom', () => {
    const netem = (more: string): string =>
      text(`{ name: f, service: orders, action: netem, ${more} }`);
    expect(meshOf(netem('delay: 100ms, loss: 5')).instanceFaults?.[0]).toMatchObject({
      delay: 100,
      loss: 5,
    });
    for (const more of ['jitter: 5ms', 'loss: 5, reorder: 5']) {
      expect(problemsOf(netem(more))).toEqual([expect.stringContaining('expected a "delay"')]);
    }
    const parted = text('{ name: f, service: orders, action: partition, from: [gatway] }');
    expect(problemsOf(parted)).toContainEqual(
      expect.stringContaining('there is no service "gatway"'),
    );
  });

  it('of network and disks is for containers alone', () => {
    const none = text('{ name: f, service: orders, action: partition }');
    expect(problemsOf(none)).toEqual([
      expect.stringContaining('orders runs in no container: partition is for those alone'),
    ]);
    const contained = none.replace(
      'command: [node, orders.mjs]',
      'container: { image: x }\n    port: 80',
    );
    expect(problemsOf(contained)).toEqual([]);
    const full = contained.replace('partition', 'diskFull');
    expect(problemsOf(full)).toEqual([
      expect.stringContaining('orders has no tmpfs with a size that could be full'),
    ]);
  });

  it('is switched off with all the others', () => {
    const after = applyEdit(text('{ name: f, service: orders, action: kill }'), {
      kind: 'switch-all-faults-off',
    });
    expect(meshOf(after).instanceFaults?.[0]?.enabled).toBe(false);
  });
});
