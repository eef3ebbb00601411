import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../../../src-main/api/contract/index.ts';
import type { PolicyKind, Written } from '../../../../src-main/api/contract/index.ts';
import { POLICIES } from '../../../../src-main/spec/policies/catalogue.ts';
import { applyEdit } from '../../../../src-main/spec/document/edit.ts';
import { readMesh } from '../../../../src-main/spec/document/read.ts';
import { CONTROL_KINDS, controlOf } from '../../../../src-renderer/policies/catalogue.ts';
import type { Subject } from '../../../../src-renderer/policies/control.ts';
import { isMapping, withValue } from '../../../../src-renderer/policies/draft.ts';
import {
  descriptionOf,
  layoutOf,
  shownKeys,
  specFor,
} from '../../../../src-renderer/policies/form-fields.ts';
import { previewOf } from '../../../../src-renderer/policies/preview.ts';

const TEXT = `mesh: shop
services:
  orders: { command: node o.mjs, calls: [payments] }
  payments: { command: node p.mjs, versions: { v1: {}, v2: {} } }
`;

const SUBJECT: Subject = {
  to: 'payments',
  from: 'orders',
  choices: {
    services: ['orders', 'payments'],
    versions: ['v1', 'v2'],
    callers: ['orders'],
    everyCaller: ['gateway', 'orders'],
    callerVersions: ['v1'],
    instances: ['payments-v1-0'],
    routes: [],
    methods: ['GET'],
  },
};

/** Where a new rule of the kind would be put, and what with. */
function newRule(kind: PolicyKind): {
  place: (string | number | { named: string })[];
  value: Written;
} {
  const { where, start } = controlOf(kind);
  const value = start(SUBJECT);
  switch (where.in) {
    case 'fault':
      return {
        place: ['faults', { named: 'f' }],
        value: { name: 'f', from: 'orders', to: 'payments', [kind]: value },
      };
    case 'traffic':
      return { place: ['traffic', 'payments', where.keys[0] ?? ''], value };
    case 'items':
      return { place: ['traffic', 'payments', where.key, 0], value };
    case 'service':
      return { place: ['services', 'payments', where.key], value };
    case 'list':
      return {
        place: [...where.path, { named: 'r' }],
        value: withValue(value, ['name'], 'r') ?? value,
      };
  }
}

describe.each(CONTROL_KINDS)('the control of %s', (kind) => {
  it('begins with a rule that the document takes', () => {
    const { place, value } = newRule(kind);
    const text = applyEdit(TEXT, { kind: 'put-policy', place, value });
    const result = readMesh(text, { file: 'faultline.yaml', folder: '/shop' });
    expect(result.ok ? [] : result.problems).toEqual([]);
  });

  it('has every field that the schema has, and names no other', () => {
    const { place } = newRule(kind);
    const whole = specFor(place);
    const isFault = controlOf(kind).where.in === 'fault';
    const part = whole.kind === 'group' ? whole.fields.find(({ key }) => key === kind) : undefined;
    const spec = isFault && part ? part.spec : whole;
    const { first, fields = {} } = controlOf(kind);
    const layout = layoutOf(spec, first);
    expect(layout.first.map(({ key }) => key)).toEqual(first);
    if (spec.kind !== 'group') return;
    const known = shownKeys(spec.fields);
    expect([...known].length).toBeGreaterThan(0);
    expect(Object.keys(fields).filter((key) => !known.has(key))).toEqual([]);
    const unshown = spec.fields.filter((field) => field.spec.kind === 'unshown');
    expect(unshown.map(({ key }) => key)).toEqual([]);
  });

  it('has the title that the project has for it, says what it does, and says so in a sentence', () => {
    const { title, say, start, where } = controlOf(kind);
    expect(title).toBe(kind === 'mtls' ? 'Mutual TLS' : POLICIES[kind].title);
    expect(descriptionOf(kind)).not.toBe('');
    expect(say(start(SUBJECT))).not.toMatch(/undefined|NaN|\[object/);
    const { value } = newRule(kind);
    const rule = where.in === 'fault' ? 'fault' : kind;
    const sentences = previewOf(rule, value, SUBJECT, 4);
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(/requests\/s/);
    expect(sentences[0]).not.toMatch(/undefined|NaN|\[object/);
  });

  it('says something of values that are half typed', () => {
    const { say, effect, warn, start } = controlOf(kind);
    const value = start(SUBJECT);
    const halves = isMapping(value)
      ? Object.keys(value).map((key) => ({ ...value, [key]: '' }))
      : [''];
    for (const half of halves) {
      expect(typeof say(half)).toBe('string');
      expect(typeof effect(half)).toBe('string');
      expect(Array.isArray(warn?.(half, SUBJECT) ?? [])).toBe(true);
    }
  });
});

it('every fault is in the menu of faults, and nothing else', () => {
  const faults = CONTROL_KINDS.filter((kind) => controlOf(kind).where.in === 'fault');
  expect(faults.toSorted()).toEqual([...FAULT_KINDS].toSorted());
  expect(faults.every((kind) => POLICIES[kind].fault)).toBe(true);
});
