import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  descriptionOf,
  schemasAt,
  summaryOf,
} from '../../../../src-renderer/document/schema/json-schema.ts';
import type { JsonSchema, Path } from '../../../../src-renderer/document/schema/json-schema.ts';
import { suggestionsAt } from '../../../../src-renderer/document/schema/suggestions.ts';
import type { Suggestion } from '../../../../src-renderer/document/schema/suggestions.ts';
import { placeAt } from '../../../../src-renderer/document/schema/yaml-place.ts';

const file = new URL('../../../../schema/faultline.schema.json', import.meta.url);
const SCHEMA = JSON.parse(readFileSync(file, 'utf8')) as JsonSchema;
const NAMES = {
  services: [
    { name: 'orders', versions: ['v1'] },
    { name: 'payments', versions: ['v1', 'v2'] },
  ],
};

/** The place of the `|` in a text. */
function at(marked: string): ReturnType<typeof placeAt> {
  const offset = marked.indexOf('|');
  return placeAt(marked.replace('|', ''), offset);
}

describe('placeAt', () => {
  it.each<[string, string, Path, string, string]>([
    ['the first level', 'mesh: a\nser|', [], 'key', 'ser'],
    ['an empty line in a mapping', 'services:\n  a:\n    |', ['services', 'a'], 'key', ''],
    ['a value', 'services:\n  a:\n    protocol: ht|', ['services', 'a', 'protocol'], 'value', 'ht'],
    ['the first key of an item', 'faults:\n  - na|', ['faults', 0], 'item', 'na'],
    ['a later key of an item', 'faults:\n  - name: x\n    de|', ['faults', 0], 'key', 'de'],
    ['a list in the column of its key', 'faults:\n- name: x\n  de|', ['faults', 0], 'key', 'de'],
    [
      'a mapping in an item',
      'faults:\n  - name: x\n    delay:\n      dur|',
      ['faults', 0, 'delay'],
      'key',
      'dur',
    ],
    ['a flow mapping', 'faults:\n  - delay: { dur|', ['faults', 0, 'delay'], 'key', 'dur'],
    [
      'a value in a flow mapping',
      'faults:\n  - delay: { duration: 1s, at: con|',
      ['faults', 0, 'delay', 'at'],
      'value',
      'con',
    ],
    [
      'a flow list',
      'traffic:\n  a:\n    retry: { on: [reset, |',
      ['traffic', 'a', 'retry', 'on', 1],
      'value',
      '',
    ],
    [
      'after deeper lines',
      'services:\n  a:\n    stub:\n      latency: 1ms\n  b|',
      ['services'],
      'key',
      'b',
    ],
    ['a quoted key', 'traffic:\n  "a":\n    |', ['traffic', 'a'], 'key', ''],
    [
      'a key after comments',
      'traffic:\n  # of a\n  a:\n\n    # here\n    ti|',
      ['traffic', 'a'],
      'key',
      'ti',
    ],
  ])('finds %s', (_what, text, path, kind, typed) => {
    expect(at(text)).toMatchObject({ path, kind, typed });
  });

  it('finds nothing in a comment', () => {
    expect(at('mesh: a # or |')).toBeUndefined();
    expect(at('# |')).toBeUndefined();
    expect(at('mesh: "a # |')).toBeDefined();
  });

  it('knows the keys that are there already, before and after', () => {
    const text = 'faults:\n  - name: x\n    to: a\n    |\n    delay: 1s\n  - other: y\n';
    expect(at(text)?.siblings).toEqual(['to', 'name', 'delay']);
    expect(at('a: { b: 1, c: 2, |')?.siblings).toEqual(['b', 'c']);
  });
});

describe('the schema of a place', () => {
  it('follows references, alternatives and names that are free', () => {
    expect(summaryOf(schemasAt(SCHEMA, ['mtls']))).toBe('strict | permissive | disabled');
    expect(descriptionOf(schemasAt(SCHEMA, ['faults', 0]))).toMatch(/on purpose/);
    expect(descriptionOf(schemasAt(SCHEMA, ['traffic', 'any', 'retry', 'attempts']))).toBeDefined();
    expect(schemasAt(SCHEMA, ['nothing', 'like', 'this'])).toEqual([]);
  });
});

describe('suggestionsAt', () => {
  function suggest(marked: string): Suggestion[] {
    const place = at(marked);
    if (!place) throw new Error('a comment');
    return suggestionsAt(SCHEMA, place, NAMES);
  }
  const labels = (marked: string): string[] => suggest(marked).map(({ label }) => label);

  it('offers the keys of a mapping that are not there yet, and says what they mean', () => {
    expect(labels('mesh: a\n|')).toContain('services');
    expect(labels('mesh: a\n|')).not.toContain('mesh');
    const delay = suggest('faults:\n  - name: x\n    |').find(({ label }) => label === 'delay');
    expect(delay?.description).toBeDefined();
  });

  it('offers the words of a list of words, and says which is the default', () => {
    expect(suggest('mtls: |')).toMatchObject([
      { label: 'strict', detail: 'the default' },
      { label: 'permissive' },
      { label: 'disabled' },
    ]);
    expect(labels('faults:\n  - enabled: |')).toEqual(['true', 'false']);
  });

  it('offers the services and versions where one is named', () => {
    expect(labels('faults:\n  - to: |')).toEqual(['orders', 'payments']);
    expect(labels('services:\n  web:\n    calls: [|')).toEqual(
      expect.arrayContaining(['orders', 'payments']),
    );
    expect(labels('traffic:\n  |')).toEqual(['orders', 'payments']);
    expect(labels('traffic:\n  payments:\n    split: { |')).toEqual(['v1', 'v2']);
    expect(labels('traffic:\n  orders:\n    split:\n      |')).toEqual(['v1']);
  });

  it('begins a mapping on a line of its own, and stays in the line between brackets', () => {
    const inserted = (text: string, key: string): string | undefined =>
      suggest(text).find(({ label }) => label === key)?.insert;
    expect(inserted('traffic:\n  payments:\n    |', 'retry')).toBe('retry:\n      ');
    expect(inserted('traffic:\n  payments:\n    |', 'timeout')).toBe('timeout: ');
    expect(inserted('traffic:\n  payments: { |', 'retry')).toBe('retry: ');
  });
});
