import { describe, expect, it } from 'vitest';
import { routeCaptures } from '../../../src-main/control/compile/captures.ts';
import type { CompileInput } from '../../../src-main/control/compile/input.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

function namesFor(lines: string, caller: string, callee: string, spent: string[] = []): string[] {
  const mesh = meshOf(`${SAMPLE}\ncapture:\n${lines}\n`);
  const input = { mesh, spentCaptures: new Set(spent) } as unknown as CompileInput;
  const { captures } = routeCaptures(input, { service: caller, version: 'v1' }, callee);
  return captures?.map(({ name }) => name) ?? [];
}

describe("the captures of a caller's route", () => {
  const all = [
    '  - { name: any }',
    '  - { name: to, to: payments }',
    '  - { name: from, from: orders }',
    '  - { name: off, enabled: false }',
  ].join('\n');

  it('are those that are for its caller and its service, and are on', () => {
    expect(namesFor(all, 'orders', 'payments')).toEqual(['any', 'to', 'from']);
    expect(namesFor(all, 'gateway', 'orders')).toEqual(['any']);
    expect(namesFor(all, 'gateway', 'payments')).toEqual(['any', 'to']);
  });

  it('are without those that want no more', () => {
    expect(namesFor(all, 'gateway', 'payments', ['any'])).toEqual(['to']);
  });

  it('are no part of a route where there are none', () => {
    const input = { mesh: meshOf(SAMPLE) } as unknown as CompileInput;
    expect(routeCaptures(input, { service: 'gateway', version: '' }, 'orders')).toEqual({});
  });

  it('end by the clock on the wall', () => {
    const mesh = meshOf(
      `${SAMPLE}\ncapture:\n  - { name: c, requests: 3, expires: '2026-11-21T09:30:00Z' }\n`,
    );
    const input = { mesh } as unknown as CompileInput;
    const { captures } = routeCaptures(input, { service: 'gateway', version: '' }, 'orders');
    expect(captures).toEqual([
      {
        name: 'c',
        match: {},
        percentage: 100,
        bodyBytes: 65_536,
        requests: 3,
        until: Date.UTC(2026, 10, 21, 9, 30),
      },
    ]);
  });
});
