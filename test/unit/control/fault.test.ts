import { describe, expect, it } from 'vitest';
import { activeConfig } from '../../../src-main/control/compile/policies/fault.ts';
import { compilePartition } from '../../../src-main/control/compile/policies/partition.ts';
import type { Service } from '../../../src-main/spec/mesh.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

const SINCE = Date.parse('2026-11-21T09:00:00Z');

function active(lines: string): unknown {
  const mesh = meshOf(SAMPLE.replace('    enabled: false\n', `${lines}\n`));
  const [fault] = mesh.faults;
  return fault && activeConfig(fault, SINCE);
}

describe('when a fault acts', () => {
  it('is not said where the document does not', () => {
    expect(active('')).toBeUndefined();
  });

  it('for a duration after it was enabled', () => {
    expect(active('    duration: 2m')).toEqual({ from: SINCE, until: SINCE + 120_000 });
  });

  it('in a window after it was enabled', () => {
    expect(active('    sequence: { window: { from: 10s, to: 30s } }')).toEqual({
      from: SINCE + 10_000,
      until: SINCE + 30_000,
    });
  });

  it('between two times on the wall, and not after it has expired', () => {
    const schedule = '    schedule: { from: 2026-11-21T10:00:00Z, until: 2026-11-21T12:00:00Z }';
    const from = SINCE + 3_600_000;
    expect(active(schedule)).toEqual({ from, until: from + 7_200_000 });
    expect(active(`${schedule}\n    expires: 2026-11-21T12:00:00+01:00`)).toEqual({
      from,
      until: from + 3_600_000,
    });
  });

  it('again and again', () => {
    expect(active('    schedule: { every: 1m, duration: 5s }')).toEqual({
      from: SINCE,
      every: { period: 60_000, duration: 5_000 },
    });
  });
});

describe('a partition', () => {
  const cut = (lines: string, caller: string, callee: string): unknown => {
    const text = SAMPLE.replace(/ {2}- name: slow-payments[^]*?\n\n/, `  - ${lines}\n\n`);
    const mesh = meshOf(text);
    const subject = {
      mesh,
      caller: { service: caller, version: '' },
      callee: mesh.services.find(({ name }) => name === callee) as Service,
      policy: { overrides: [] },
      names: [],
      prefix: '/',
      faultsSince: new Map<string, number>(),
    };
    return compilePartition(subject).faults;
  };
  const edges = [
    ['orders', 'payments'],
    ['payments', 'orders'],
    ['storefront', 'payments'],
    ['storefront', 'orders'],
    ['gateway', 'orders'],
    ['gateway', 'payments'],
  ] as const;
  const cutEdges = (lines: string): string[] =>
    edges
      .filter(([caller, callee]) => (cut(lines, caller, callee) as unknown[]).length > 0)
      .map((edge) => edge.join(' '));

  it('lets nothing through in either direction', () => {
    expect(cutEdges('{ name: f, from: orders, to: payments, partition: {} }')).toEqual([
      'orders payments',
      'payments orders',
    ]);
  });

  it('separates groups, but nobody within one', () => {
    const partition = '{ fromAlso: [gateway], toAlso: [storefront] }';
    expect(cutEdges(`{ name: f, from: orders, to: payments, partition: ${partition} }`)).toEqual([
      'orders payments',
      'payments orders',
      'storefront orders',
      'gateway payments',
    ]);
  });

  it('separates from all others where nobody is named', () => {
    expect(cutEdges('{ name: f, to: payments, partition: {} }')).toEqual([
      'orders payments',
      'payments orders',
      'storefront payments',
      'gateway payments',
    ]);
  });

  it('changes sides for the way back', () => {
    const lines = '{ name: f, from: orders, to: payments, toVersion: v2, partition: {} }';
    expect(cut(lines, 'orders', 'payments')).toEqual([
      { name: 'f', match: {}, random: false, toVersion: 'v2', partition: { percentage: 100 } },
    ]);
    expect(cut(lines, 'payments', 'orders')).toEqual([
      { name: 'f', match: {}, random: false, fromVersion: 'v2', partition: { percentage: 100 } },
    ]);
  });
});
