import { describe, expect, it } from 'vitest';
import { cleaned, freeName, valueAt, withValue } from '../../../../src-renderer/policies/draft.ts';
import { isoOf, localOf } from '../../../../src-renderer/policies/fields/moments.ts';
import { numberIn } from '../../../../src-renderer/policies/fields/typed.ts';
import { startOf, variantOf, waysFor } from '../../../../src-renderer/policies/fields/variants.ts';
import { problemsOf } from '../../../../src-renderer/policies/problems.ts';
import { specAt } from '../../../../src-renderer/policies/schema/field-spec.ts';
import { schemaAt } from '../../../../src-renderer/policies/schema/json-schema.ts';
import { labelOf } from '../../../../src-renderer/policies/schema/labels.ts';

describe('a rule that is being changed', () => {
  const rule = {
    name: 'f',
    delay: { duration: '1s', at: 'chunk' },
    later: { kept: [1, { a: 2 }] },
  };

  it('keeps all that is not changed', () => {
    expect(withValue(rule, ['delay', 'duration'], '2s')).toEqual({
      ...rule,
      delay: { duration: '2s', at: 'chunk' },
    });
    expect(withValue(rule, ['match', 'headers', 'x-a'], '1')).toEqual({
      ...rule,
      match: { headers: { 'x-a': '1' } },
    });
  });

  it('loses what is taken away, and what is empty then', () => {
    const matched = withValue(rule, ['match', 'path'], '/x');
    expect(withValue(matched, ['match', 'path'], undefined)).toEqual(rule);
    expect(withValue({ a: 1 }, ['a'], undefined)).toBeUndefined();
  });

  it('has nothing where nothing stands', () => {
    expect(valueAt(rule, ['delay', 'at'])).toBe('chunk');
    expect(valueAt(rule, ['delay', 'at', 'more'])).toBeUndefined();
    expect(valueAt(rule, ['toString'])).toBeUndefined();
    expect(valueAt(undefined, ['a'])).toBeUndefined();
  });

  it('is written without what is null', () => {
    expect(cleaned({ a: null, b: { c: null, d: [1, null] } })).toEqual({ b: { d: [1] } });
    expect(cleaned(null)).toBeUndefined();
  });

  it('has a name that nobody has, and that the document takes', () => {
    expect(freeName('a', ['a', 'a-2'])).toBe('a-3');
    expect(freeName('x'.repeat(80), []).length).toBeLessThanOrEqual(63);
  });
});

describe('what is typed', () => {
  it('is a number where it can be one, and else told as it is', () => {
    expect(['', ' 12 ', '1.5', 'two'].map(numberIn)).toEqual([undefined, 12, 1.5, 'two']);
  });

  it('is a time on the wall in the zone of this machine', () => {
    const iso = '2026-11-21T09:30:00Z';
    expect(isoOf(localOf(iso))).toBe(iso);
    expect(localOf('soon')).toBe('');
    expect(isoOf('')).toBeUndefined();
  });
});

describe('a value that can be said in several ways', () => {
  const spec = specAt(['faults', '*', 'delay', 'duration']);
  const variants = spec.kind === 'variants' ? spec.variants : [];

  it('is known by its key', () => {
    expect(variantOf(variants, '1s')?.key).toBeUndefined();
    expect(variantOf(variants, { pareto: { scale: '1s', shape: 2 } })?.key).toBe('pareto');
    expect(variantOf(variants, undefined)).toBeUndefined();
  });

  it('takes its time over from one way to the next', () => {
    const logNormal = startOf(variants, 'logNormal', '80ms');
    expect(logNormal).toEqual({ logNormal: { median: '80ms', sigma: 0.5 } });
    expect(startOf(variants, 'exponential', logNormal)).toEqual({ exponential: { mean: '80ms' } });
    expect(startOf(variants, undefined, logNormal)).toBe('80ms');
  });

  it('offers how a text is compared, the short form first', () => {
    const path = specAt(['faults', '*', 'match', 'path']);
    const ways = path.kind === 'variants' ? path.variants : [];
    expect(waysFor(ways, 'prefix')).toEqual(['prefix', 'exact', 'regex']);
  });
});

describe('what the document would say', () => {
  const problem = { code: 'x', file: 'f', line: 1, column: 1 };
  const error = (message: string, path: (string | number)[]): object => ({
    ...problem,
    severity: 'error',
    message,
    path,
  });
  const forecast = {
    path: ['faults', 1],
    known: [{ ...problem, severity: 'warning' as const, message: 'old' }],
    problems: [
      error('late', ['faults', 1, 'delay', 'duration']),
      error('deep', ['faults', 1, 'match', 'headers', 'x-a']),
      error('elsewhere', ['services', 'a']),
      { ...problem, severity: 'warning' as const, message: 'old' },
      { ...problem, severity: 'warning' as const, message: 'new', advice: 'mend it' },
    ] as never[],
    change: { line: 1, removed: [], added: [] },
  };

  it('stands at the field, or at the nearest one around it, or above all', () => {
    const shown = new Set(['delay', 'delay.duration', 'match', 'match.headers']);
    const problems = problemsOf(forecast, shown);
    expect(problems.at(['delay', 'duration'])).toBe('late');
    expect(problems.at(['delay'])).toBeUndefined();
    expect(problems.at(['match', 'headers'])).toBe('deep');
    expect(problems.others).toEqual(['elsewhere']);
    expect(problems.refused).toBe(true);
  });

  it('tells only the warnings that are new', () => {
    expect(problemsOf(forecast, new Set()).warnings).toEqual(['new: mend it']);
    expect(problemsOf(undefined, new Set())).toMatchObject({ others: [], refused: false });
  });
});

describe('the schema as fields', () => {
  it('knows times, shares, choices and the ways of a time that varies', () => {
    expect(specAt(['traffic', '*', 'timeout']).kind).toBe('duration');
    expect(specAt(['faults', '*', 'delay', 'percentage'])).toMatchObject({
      kind: 'percent',
      usual: 100,
    });
    expect(specAt(['faults', '*', 'delay', 'at'])).toMatchObject({
      kind: 'choice',
      options: ['connect', 'request', 'chunk'],
    });
    expect(specAt(['traffic', '*', 'loadBalancing'])).toMatchObject({
      kind: 'group',
      short: 'algorithm',
    });
    expect(specAt(['faults', '*', 'match', 'method'])).toMatchObject({ kind: 'list', alone: true });
    expect(specAt(['faults', '*', 'expires']).kind).toBe('moment');
  });

  it('has no place that the document has not', () => {
    expect(() => schemaAt(['traffic', '*', 'retries'])).toThrow('traffic.*.retries');
  });

  it('has labels a person would write', () => {
    expect(labelOf('baseEjectionTime')).toBe('Base ejection time');
    expect(labelOf('maxRequests')).toBe('Max requests');
    expect(labelOf('grpcStatus')).toBe('gRPC status');
  });
});
