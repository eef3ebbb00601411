import { describe, expect, it } from 'vitest';
import type { Selected } from '../../../../src-renderer/app/routes.ts';
import { pathAt, placeOf, selectionAt, treeOf } from '../../../../src-renderer/document/places.ts';

const TEXT = `mesh: shop
gateway:
  routes:
    - service: web
services:
  web:
    command: node web.mjs
    calls: [orders]
  orders:
    stub: {}
traffic:
  orders:
    timeout: 2s
faults:
  - name: slow
    from: web
    to: orders
    delay: 1s
  - name: broken
    to: web
    abort: 503
`;
const tree = treeOf(TEXT);

function lineOf(selection: Selected): string | undefined {
  const span = placeOf(tree, selection);
  return span && TEXT.slice(span.from).split('\n')[0];
}

describe('selectionAt', () => {
  it.each<[string, Selected | undefined]>([
    ['node web.mjs', { kind: 'service', name: 'web' }],
    ['timeout', { kind: 'service', name: 'orders' }],
    ['slow', { kind: 'edge', from: 'web', to: 'orders' }],
    ['delay', { kind: 'edge', from: 'web', to: 'orders' }],
    ['abort', { kind: 'service', name: 'web' }],
    ['service: web', { kind: 'edge', from: 'gateway', to: 'web' }],
    ['shop', undefined],
  ])('at %s', (words, selection) => {
    expect(selectionAt(tree, TEXT.indexOf(words) + 1)).toEqual(selection);
  });

  it('survives a text that is broken', () => {
    const broken = 'services:\n  web:\n    command: [\n';
    expect(selectionAt(treeOf(broken), 15)).toEqual({ kind: 'service', name: 'web' });
    expect(selectionAt(treeOf(''), 0)).toBeUndefined();
  });
});

describe('placeOf', () => {
  it.each<[Selected, string]>([
    [{ kind: 'service', name: 'orders' }, 'orders:'],
    [{ kind: 'edge', from: 'web', to: 'orders' }, 'name: slow'],
    [{ kind: 'edge', from: 'orders', to: 'web' }, 'name: broken'],
  ])('of %j', (selection, line) => expect(lineOf(selection)).toBe(line));

  it('of a connection without faults is its traffic, else who calls', () => {
    const without = treeOf(TEXT.slice(0, TEXT.indexOf('faults')));
    const span = placeOf(without, { kind: 'edge', from: 'web', to: 'orders' });
    expect(span?.from).toBe(TEXT.indexOf('orders:\n    timeout'));
    const entry = placeOf(without, { kind: 'edge', from: 'gateway', to: 'web' });
    expect(TEXT.slice(entry?.from)).toMatch(/^service: web/);
  });

  it('is nowhere where nothing is selected, or it is not in the text', () => {
    expect(placeOf(tree, { kind: 'none' })).toBeUndefined();
    expect(placeOf(tree, { kind: 'service', name: 'nobody' })).toBeUndefined();
  });
});

describe('pathAt', () => {
  it('leads into lists', () => {
    expect(pathAt(tree, TEXT.indexOf('broken'))).toEqual(['faults', 1, 'name']);
    expect(pathAt(tree, TEXT.indexOf('- name: broken'))).toEqual(['faults', 1]);
  });
});
