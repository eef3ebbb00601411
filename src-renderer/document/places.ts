/** What of the mesh a place of the text speaks of, and where the text speaks of it. Pure. */
import { isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Selected } from '../app/routes.ts';
import type { Path } from './schema/json-schema.ts';

/** Offsets in the text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type DocumentTree = Document.Parsed;

/** What the parser makes of the text, whatever is wrong with it. */
export function treeOf(text: string): DocumentTree {
  return parseDocument(text, { keepSourceTokens: false, logLevel: 'silent' });
}

/** Keys and places in lists down to what stands at `offset`. */
export function pathAt(tree: DocumentTree, offset: number): Path {
  const path: (string | number)[] = [];
  let node: Node | null = tree.contents;
  while (node) {
    const next = childAt(node, offset);
    if (!next) return path;
    path.push(next.part);
    node = next.node;
  }
  return path;
}

interface Child {
  readonly part: string | number;
  readonly node: Node | null;
}

function childAt(node: Node, offset: number): Child | undefined {
  if (isMap(node)) {
    const pair = node.items.findLast(({ key }) => startOf(key) <= offset);
    if (!pair || !isScalar(pair.key) || offset > endOf(node)) return undefined;
    return { part: String(pair.key.value), node: pair.value as Node | null };
  }
  if (!isSeq(node) || offset > endOf(node)) return undefined;
  // The dash stands before the item.
  const index = node.items.findLastIndex((item) => startOf(item) - 2 <= offset);
  return index < 0 ? undefined : { part: index, node: node.items[index] as Node };
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? Number.POSITIVE_INFINITY;
}

function endOf(node: Node): number {
  return node.range?.[2] ?? 0;
}

/** The service or the connection that the text speaks of at `offset`; undefined where of none. */
export function selectionAt(tree: DocumentTree, offset: number): Selected | undefined {
  const [section, key, ...rest] = pathAt(tree, offset);
  if (key === undefined) return undefined;
  if (section === 'services' || section === 'traffic')
    return { kind: 'service', name: String(key) };
  const text = (part: string): string | undefined => textAt(tree, [section as string, key, part]);
  if (section === 'faults' || section === 'rateLimits') return callOf(text('from'), text('to'));
  if (section === 'instanceFaults') return callOf(undefined, text('service'));
  if (section === 'gateway' && typeof rest[0] === 'number') {
    return callOf('gateway', textAt(tree, ['gateway', key, rest[0], 'service']));
  }
  if (section === 'authorization' && typeof rest[0] === 'number') {
    return callOf(undefined, textAt(tree, ['authorization', key, rest[0], 'service']));
  }
  return undefined;
}

function callOf(from: string | undefined, to: string | undefined): Selected | undefined {
  if (to === undefined) return undefined;
  return from === undefined ? { kind: 'service', name: to } : { kind: 'edge', from, to };
}

function textAt(tree: DocumentTree, path: Path): string | undefined {
  const value: unknown = tree.getIn(path);
  return typeof value === 'string' ? value : undefined;
}

/** Where the text speaks of what is selected: of a connection, its first fault or its traffic. */
export function placeOf(tree: DocumentTree, selection: Selected): Span | undefined {
  if (selection.kind === 'none') return undefined;
  if (selection.kind === 'service') return spanOf(tree, ['services', selection.name]);
  const { from, to } = selection;
  const fault = faultIndex(tree, from, to);
  const paths: Path[] = [
    ...(fault < 0 ? [] : [['faults', fault]]),
    ...(from === 'gateway' ? gatewayRoutes(tree, to) : []),
    ['traffic', to],
    ['services', from, 'calls'],
    ['services', to],
  ];
  return paths.map((path) => spanOf(tree, path)).find((span) => span !== undefined);
}

function faultIndex(tree: DocumentTree, from: string, to: string): number {
  const faults = tree.get('faults');
  if (!isSeq(faults)) return -1;
  const fits = (i: number): boolean =>
    textAt(tree, ['faults', i, 'to']) === to &&
    (textAt(tree, ['faults', i, 'from']) ?? from) === from;
  return faults.items.findIndex((_item, i) => fits(i));
}

function gatewayRoutes(tree: DocumentTree, to: string): Path[] {
  return ['routes', 'tcp'].flatMap((list) => {
    const routes = tree.getIn(['gateway', list]);
    if (!isSeq(routes)) return [];
    const index = routes.items.findIndex(
      (_item, i) => textAt(tree, ['gateway', list, i, 'service']) === to,
    );
    return index < 0 ? [] : [['gateway', list, index]];
  });
}

/** From the key (or the item) to the end of its value; undefined where it is not there. */
export function spanOf(tree: DocumentTree, path: Path): Span | undefined {
  const parent: unknown = path.length === 1 ? tree.contents : tree.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isSeq(parent) && typeof last === 'number') {
    const item = parent.items[last] as Node | undefined;
    return item?.range ? { from: item.range[0], to: item.range[1] } : undefined;
  }
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === last);
  if (!isPair(pair)) return undefined;
  const key = pair.key as Node;
  const value = pair.value as Node | null;
  if (!key.range) return undefined;
  return { from: key.range[0], to: value?.range?.[1] ?? key.range[1] };
}
