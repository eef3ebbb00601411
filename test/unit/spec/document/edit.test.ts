import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EditError, applyEdit } from '../../../../src-main/spec/document/edit.ts';
import type { Edit } from '../../../../src-main/spec/edits.ts';
import type { Fault } from '../../../../src-main/spec/mesh.ts';
import { SAMPLE, meshOf } from './sample.ts';

const BARE = `mesh: shop
services:
  a: { command: node a.mjs, calls: [b] }
  b: { command: node b.mjs }
`;

function lines(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return {
    gone: old.filter((line) => !now.includes(line)),
    come: now.filter((line) => !old.includes(line)),
  };
}

function fault(part: Partial<Fault>): Fault {
  return { name: 'f', enabled: true, to: 'payments', match: {}, random: false, ...part };
}

describe('an edit', () => {
  it('changes one number of a split and leaves the comment behind it', () => {
    const after = applyEdit(SAMPLE, {
      kind: 'set-split',
      service: 'payments',
      split: { v1: 50, v2: 50 },
    });
    expect(lines(SAMPLE, after)).toEqual({
      gone: ['    split: { v1: 75, v2: 25 }  # the canary'],
      come: ['    split: { v1: 50, v2: 50 }  # the canary'],
    });
  });

  it('switches a fault on by taking its "enabled" away, and off by putting it there', () => {
    const on = applyEdit(SAMPLE, { kind: 'switch-fault', name: 'slow-payments', enabled: true });
    expect(lines(SAMPLE, on)).toEqual({ gone: ['    enabled: false'], come: [] });
    const off = applyEdit(on, { kind: 'switch-fault', name: 'slow-payments', enabled: false });
    expect(meshOf(off).faults[0]?.enabled).toBe(false);
  });

  it('adds a fault behind the others', () => {
    const added = fault({ name: 'broken', from: 'orders', abort: { status: 503, percentage: 10 } });
    const after = applyEdit(SAMPLE, { kind: 'put-fault', fault: added });
    expect(lines(SAMPLE, after)).toEqual({
      gone: [],
      come: ['  - name: broken', '    abort: { status: 503, percentage: 10 }'],
    });
    expect(meshOf(after).faults[1]).toEqual(added);
  });

  it('adds the first fault and the first policy to a document without any', () => {
    const added = fault({ to: 'b', delay: { duration: 1500, percentage: 100 } });
    const withFault = applyEdit(BARE, { kind: 'put-fault', fault: added });
    expect(withFault).toBe(
      `${BARE}faults:\n  - name: f\n    to: b\n    delay: { duration: 1500ms }\n`,
    );
    const withTimeout = applyEdit(BARE, { kind: 'set-timeout', service: 'b', timeout: 2000 });
    expect(meshOf(withTimeout).traffic['b']?.timeout).toBe(2000);
    expect(withTimeout.startsWith(BARE)).toBe(true);
  });

  it('fills an empty list of faults, however it is written', () => {
    for (const empty of ['faults:\n', 'faults: []\n', 'faults: [] # none\n', 'faults: # none\n']) {
      const text = `${BARE}${empty}visitors: { requests: [GET /] }\n`;
      const after = applyEdit(text, {
        kind: 'put-fault',
        fault: fault({ to: 'b', abort: { status: 500, percentage: 5 } }),
      });
      expect(meshOf(after).faults).toHaveLength(1);
      expect(meshOf(after).visitors?.requests).toHaveLength(1);
    }
  });

  it('removes the last fault together with its list', () => {
    const after = applyEdit(SAMPLE, { kind: 'remove-fault', name: 'slow-payments' });
    expect(meshOf(after).faults).toEqual([]);
    expect(after).toContain('visitors:\n  rate: 6');
  });

  it('switches all faults off', () => {
    const on = applyEdit(SAMPLE, { kind: 'switch-fault', name: 'slow-payments', enabled: true });
    const two = applyEdit(on, {
      kind: 'put-fault',
      fault: fault({ abort: { status: 500, percentage: 1 } }),
    });
    const after = applyEdit(two, { kind: 'switch-all-faults-off' });
    expect(meshOf(after).faults.map(({ enabled }) => enabled)).toEqual([false, false]);
  });

  it('sets and removes retries', () => {
    const set = applyEdit(SAMPLE, {
      kind: 'set-retry',
      service: 'payments',
      retry: { attempts: 5, on: ['5xx'], perTryTimeout: 250 },
    });
    expect(meshOf(set).traffic['payments']?.retry).toEqual({
      attempts: 5,
      on: ['5xx'],
      perTryTimeout: 250,
    });
    const removed = applyEdit(set, { kind: 'set-retry', service: 'payments', retry: null });
    expect(meshOf(removed).traffic['payments']?.retry).toBeUndefined();
    expect(removed).toContain('# How calls are treated');
  });

  it('adjusts visitors', () => {
    const after = applyEdit(SAMPLE, { kind: 'set-visitors', enabled: false, rate: 20 });
    expect(meshOf(after).visitors).toMatchObject({ enabled: false, rate: 20 });
  });

  it('sets mTLS', () => {
    expect(meshOf(applyEdit(SAMPLE, { kind: 'set-mtls', mode: 'disabled' })).mtls).toBe('disabled');
  });

  it("sets a service's mTLS, and gives it back to the mesh", () => {
    const set = applyEdit(SAMPLE, {
      kind: 'set-service-mtls',
      service: 'orders',
      mode: 'permissive',
    });
    expect(meshOf(set).services[1]?.mtls).toBe('permissive');
    const back = applyEdit(set, { kind: 'set-service-mtls', service: 'orders', mode: null });
    expect(back).toBe(SAMPLE);
  });

  it('lets a service run as a container, or one of its versions, and as a process again', () => {
    const runtimes = (text: string): string[] =>
      (meshOf(text).services[2]?.versions ?? []).map(({ workload }) => workload.runtime);
    const one = applyEdit(SAMPLE, {
      kind: 'set-runtime',
      service: 'payments',
      version: 'v2',
      runtime: 'docker',
    });
    expect(runtimes(one)).toEqual(['process', 'docker']);
    const all = applyEdit(one, { kind: 'set-runtime', service: 'payments', runtime: 'process' });
    expect(runtimes(all)).toEqual(['process', 'process']);
    expect(all).toContain('runtime: process');
    expect(all).not.toContain('runtime: docker');
  });

  it('takes the first key behind a dash away and leaves the dash', () => {
    const text = `${BARE}faults:\n  - enabled: false # for now\n    name: f\n    to: b\n    abort: { status: 500 }\n`;
    const on = applyEdit(text, { kind: 'switch-fault', name: 'f', enabled: true });
    expect(on).toBe(text.replace('enabled: false # for now\n    ', ''));
  });

  it('replaces a list in lines by one in brackets, and keeps the comments around', () => {
    const text = `${BARE}traffic:\n  b:\n    retry:\n      attempts: 2\n      on: # these\n        - 5xx\n        - reset\n      # tail\n    timeout: 1s\n`;
    const retry = { attempts: 2, on: ['5xx' as const] };
    expect(applyEdit(text, { kind: 'set-retry', service: 'b', retry })).toBe(
      text.replace(' # these\n        - 5xx\n        - reset', ' [ 5xx ] # these'),
    );
  });

  it('puts what is new behind the comments of what was last', () => {
    const text = `${BARE}faults:\n- name: g\n  to: b\n  abort:\n    status: 500\n    # of g\n\n# of the visitors\nvisitors: { requests: [GET /] }\n`;
    const after = applyEdit(text, {
      kind: 'put-fault',
      fault: fault({ to: 'b', abort: { status: 503, percentage: 100 } }),
    });
    expect(after).toBe(
      text.replace('# of g\n', '# of g\n- name: f\n  to: b\n  abort: { status: 503 }\n'),
    );
  });

  it('writes within brackets what is within brackets', () => {
    const text = '{mesh: shop, services: {b: {command: x}}, faults: []}';
    const put = fault({ to: 'b', match: { path: '/a,b' }, abort: { status: 503, percentage: 1 } });
    const after = applyEdit(text, { kind: 'put-fault', fault: put });
    expect(after.startsWith('{mesh: shop, services: {b: {command: x}}, faults: ')).toBe(true);
    expect(meshOf(after).faults).toEqual([put]);
  });

  it('ends lines as the document does', () => {
    const after = applyEdit(BARE.replaceAll('\n', '\r\n'), {
      kind: 'set-timeout',
      service: 'b',
      timeout: 500,
    });
    expect(after).toBe(`${BARE}traffic:\n  b: { timeout: 500ms }\n`.replaceAll('\n', '\r\n'));
  });

  it('sets sections apart by an empty line where the document does', () => {
    const after = applyEdit(SAMPLE, { kind: 'set-mtls', mode: 'disabled' });
    expect(after).toBe(`${SAMPLE}\nmtls: disabled\n`);
  });

  it('writes out what was shared by an alias, and changes it in one place only', () => {
    const text = `${BARE}traffic:\n  a: &p { timeout: 1s }\n  b: *p\n`;
    const after = applyEdit(text, { kind: 'set-timeout', service: 'b', timeout: 10 });
    expect(after).toBe(text.replace('*p', '{ timeout: 10ms }'));
  });

  it('refuses what would change more than it should', () => {
    const text = `${BARE}traffic:\n  a: &p { timeout: 1s }\n  b: *p\n`;
    const both: Edit = { kind: 'set-timeout', service: 'a', timeout: 10 };
    expect(() => applyEdit(text, both)).toThrow(EditError);
    const anchored = `${BARE}faults:\n  - &f { name: f, to: b, abort: { status: 500 } }\n  - *f\n`;
    expect(() => applyEdit(anchored, { kind: 'remove-fault', name: 'f' })).toThrow(EditError);
    expect(() => applyEdit('mesh: [', both)).toThrow(EditError);
    expect(() => applyEdit('traffic: &a { b: *a }', both)).toThrow(EditError);
    expect(() => applyEdit('['.repeat(100_000), both)).toThrow(EditError);
  });

  it('does not say what is the default', () => {
    expect(applyEdit(BARE, { kind: 'set-mtls', mode: 'strict' })).toBe(BARE);
    const visitors = `${BARE}visitors: { enabled: false, requests: [GET /] }\n`;
    expect(applyEdit(visitors, { kind: 'set-visitors', enabled: true })).toBe(
      visitors.replace('enabled: false, ', ''),
    );
  });

  it('says what is not there', () => {
    expect(() => applyEdit(SAMPLE, { kind: 'remove-fault', name: 'nope' })).toThrow(EditError);
    expect(() => applyEdit(BARE, { kind: 'set-visitors', rate: 1 })).toThrow(EditError);
  });

  it('reads back as what it was meant to be, and leaves the rest of the text alone', () => {
    const faults = fc.record({
      name: fc.constantFrom('slow-payments', 'b', 'c'),
      enabled: fc.boolean(),
      delay: fc.record({
        duration: fc.integer({ min: 1, max: 100_000 }),
        percentage: fc.integer({ min: 0, max: 100 }),
      }),
      status: fc.option(fc.integer({ min: 400, max: 599 }), { nil: undefined }),
      match: fc.record(
        { path: fc.constantFrom('/a', "/a,b:c'!&*"), headers: fc.constant({ 'x-user': 'yes' }) },
        { requiredKeys: [] },
      ),
    });
    fc.assert(
      fc.property(fc.array(faults, { minLength: 1, maxLength: 4 }), (list) => {
        let text = SAMPLE;
        for (const { status, ...rest } of list) {
          const put = fault({
            ...rest,
            ...(status !== undefined && { abort: { status, percentage: 10 } }),
          });
          text = applyEdit(text, { kind: 'put-fault', fault: put } satisfies Edit);
          expect(meshOf(text).faults.find(({ name }) => name === put.name)).toEqual(put);
        }
        const cut = SAMPLE.indexOf('faults:');
        expect(text.startsWith(SAMPLE.slice(0, cut))).toBe(true);
        expect(text.endsWith(SAMPLE.slice(SAMPLE.indexOf('\nvisitors:')))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
