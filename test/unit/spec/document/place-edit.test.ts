import { describe, expect, it } from 'vitest';
import { EditError, applyEdit, describeEdit } from '../../../../src-main/spec/document/edit.ts';
import type { Place, Written } from '../../../../src-main/spec/edits.ts';
import { meshOf, read } from './sample.ts';

const TEXT = `mesh: shop
services:
  a: { command: node a.mjs, calls: [b] }
  b: { command: node b.mjs }
traffic:
  b:
    # as slow as it may be
    timeout: 2s # seconds
    circuitBreaker: { maxRequests: 10 } # few
faults:
  - name: slow
    to: b
    # not all of them
    delay: { percentage: 50, duration: 300ms } # half
    match: { path: /x }
rateLimits:
  - { name: few, to: b, maxTokens: 10, fillInterval: 1s }
`;

function put(place: Place, value: Written, was?: Written): string {
  const guard = was === undefined ? {} : { was };
  return applyEdit(TEXT, { kind: 'put-policy', place: [...place], value, ...guard });
}

const SLOW: Place = ['faults', { named: 'slow' }];

describe('an edit of a place', () => {
  it('touches only what differs: comments, order and spelling stay', () => {
    const after = put(SLOW, {
      name: 'slow',
      to: 'b',
      delay: { duration: '300ms', percentage: 20 },
      match: { path: '/x' },
    });
    expect(after).toBe(TEXT.replace('percentage: 50', 'percentage: 20'));
  });

  it('adds a named item that is not there, and makes the list where there is none', () => {
    const fault = { name: 'gone', to: 'b', down: {} };
    expect(
      meshOf(put(['faults', { named: 'gone' }], fault)).faults.map(({ name }) => name),
    ).toEqual(['slow', 'gone']);
    const kill = { name: 'crash', service: 'b', action: 'kill' };
    const after = put(['instanceFaults', { named: 'crash' }], kill);
    expect(meshOf(after).instanceFaults).toMatchObject([kill]);
    const override = { headers: { 'x-a': '1' }, version: 'v1' };
    expect(meshOf(put(['traffic', 'b', 'overrides', 0], override)).traffic['b']).toMatchObject({
      overrides: [{ version: 'v1' }],
      timeout: 2000,
    });
  });

  it('renames an item in its place', () => {
    const after = put(SLOW, { name: 'late', to: 'b', delay: { duration: '300ms' } });
    expect(meshOf(after).faults.map(({ name }) => name)).toEqual(['late']);
    expect(after).toContain('# not all of them');
  });

  it('is refused where the place holds something else by now', () => {
    const place = ['traffic', 'b', 'timeout'];
    expect(() => put(place, '3s', '1s')).toThrow(/changed meanwhile/);
    expect(put(place, '3s', '2s')).toContain('timeout: 3s # seconds');
  });

  it('switches a policy off beside its key, and on again as it was', () => {
    const place = ['traffic', 'b', 'circuitBreaker'];
    const off = applyEdit(TEXT, { kind: 'switch-policy', place, enabled: false });
    expect(off).toContain('disabled: [ circuitBreaker ]');
    expect(meshOf(off).traffic['b']).toEqual({ overrides: [], timeout: 2000 });
    expect(applyEdit(off, { kind: 'switch-policy', place, enabled: true })).toBe(TEXT);
    const both = applyEdit(off, {
      kind: 'switch-policy',
      place: ['traffic', 'b', 'timeout'],
      enabled: false,
    });
    expect(meshOf(both).traffic['b']).toEqual({ overrides: [] });
    const removed = applyEdit(off, { kind: 'remove-policy', place });
    expect(removed).toBe(TEXT.replace('    circuitBreaker: { maxRequests: 10 } # few\n', ''));
  });

  it('switches an item of a list off by its "enabled", and on by taking that away', () => {
    const place = ['rateLimits', { named: 'few' }];
    const off = applyEdit(TEXT, { kind: 'switch-policy', place, enabled: false });
    expect(meshOf(off).rateLimits).toMatchObject([{ name: 'few', enabled: false }]);
    expect(applyEdit(off, { kind: 'switch-policy', place, enabled: true })).toBe(TEXT);
  });

  it('is refused where there is nothing to remove or to switch', () => {
    const place = ['traffic', 'b', 'retry'];
    expect(() => applyEdit(TEXT, { kind: 'remove-policy', place })).toThrow(EditError);
    expect(() => applyEdit(TEXT, { kind: 'switch-policy', place, enabled: false })).toThrow(
      'there is no retry of b',
    );
  });

  it('tells a key that is switched off and is none', () => {
    const wrong = read(TEXT.replace('timeout: 2s', 'timeout: 2s\n    disabled: [retries]'));
    expect(wrong.ok).toBe(false);
  });

  it('is told in words', () => {
    const said = (place: Place): string =>
      describeEdit({ kind: 'remove-policy', place: [...place] });
    expect(said(SLOW)).toBe('fault slow removed');
    expect(said(['rateLimits', { named: 'few' }])).toBe('rate limit few removed');
    expect(said(['authorization', 'policies', { named: 'x' }])).toBe('authorization x removed');
    expect(said(['traffic', 'b', 'circuitBreaker'])).toBe('circuit breaker of b removed');
    expect(said(['traffic', 'b', 'routes', { named: 'r' }, 'retry'])).toBe(
      'retry of route r of b removed',
    );
    expect(said(['gateway', 'routes', 1, 'timeout'])).toBe(
      'timeout of route 2 of the gateway removed',
    );
  });
});
