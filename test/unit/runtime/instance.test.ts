import { describe, expect, it } from 'vitest';
import { calleesEnv, diffInstances, planInstances } from '../../../src-main/runtime/instance.ts';
import { RestartBackOff } from '../../../src-main/runtime/back-off.ts';
import { LineSplitter } from '../../../src-main/runtime/process/line-splitter.ts';
import { SAMPLE, meshOf } from '../spec/document/sample.ts';

const mesh = meshOf(SAMPLE);
const ids = (specs: readonly { id: string }[]): string[] => specs.map(({ id }) => id);

describe('instances', () => {
  it('are planned by version and replica', () => {
    expect(ids(planInstances(mesh))).toEqual([
      'storefront-v1-0',
      'orders-v1-0',
      'payments-v1-0',
      'payments-v2-0',
      'payments-v2-1',
    ]);
  });

  it('are only touched where their process would be another one', () => {
    const after = meshOf(
      SAMPLE.replace('replicas: 2', 'replicas: 1')
        .replace('node storefront.mjs', 'node shop.mjs')
        .replace('v1: 75, v2: 25', 'v1: 0, v2: 100'),
    );
    const changes = diffInstances(planInstances(mesh), planInstances(after));
    expect(ids(changes.added)).toEqual([]);
    expect(ids(changes.restarted)).toEqual(['storefront-v1-0']);
    expect(ids(changes.removed)).toEqual(['payments-v2-1']);
  });

  it("are told where the others are by Kubernetes' names", () => {
    expect(calleesEnv({ 'user-db': { host: '127.0.0.1', port: 81 } })).toEqual({
      USER_DB_URL: 'http://127.0.0.1:81',
      USER_DB_SERVICE_HOST: '127.0.0.1',
      USER_DB_SERVICE_PORT: '81',
    });
  });
});

describe('the restart back-off', () => {
  it('doubles up to half a minute, and begins anew after a stable time', () => {
    const backOff = new RestartBackOff();
    const waits = Array.from({ length: 11 }, () => backOff.next(0));
    expect(waits.slice(0, 4)).toEqual([100, 200, 400, 800]);
    expect(waits.at(-1)).toBe(30_000);
    expect(backOff.next(10_000)).toBe(100);
  });
});

describe('output', () => {
  it('is split into lines wherever it is cut, also within a character', () => {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line));
    for (const byte of Buffer.from('grün\r\n\nblau')) splitter.push(Buffer.of(byte));
    splitter.end();
    expect(lines).toEqual(['grün', '', 'blau']);
  });

  it('without an end does not fill the memory', () => {
    const lines: string[] = [];
    const splitter = new LineSplitter((line) => lines.push(line));
    splitter.push(Buffer.alloc(100_000, 'x'));
    expect(lines.length).toBeGreaterThan(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(16 * 1024);
  });
});
