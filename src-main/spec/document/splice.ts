/**
 * Changes to a document's text that leave everything else in it alone, to the byte: each cuts out or
 * puts in exactly the text of one value, key or item.
 */
import { isCollection, isMap, isPair, isScalar, isSeq, stringify } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { nodeAt, pairAt, parseTree } from './tree.ts';
import type { Path, Tree } from './tree.ts';

export type Value = string | number | boolean | Value[] | { [key: string]: Value };

/** Sets the value at `path`, making what is missing on the way; a mapping is changed key by key. */
export function setIn(text: string, path: Path, value: Value): string {
  const tree = parseTree(text);
  const node = nodeAt(tree, path);
  if (node && !isEmpty(node)) return replaceNode(text, tree, path, node, value);
  const pair = pairAt(tree, path);
  if (pair) return replaceEmpty(text, pair, value, indentOf(text, keyOffset(pair)));
  return insert(text, tree, path, value);
}

/** Takes the key or the item at `path` away, with the comment behind it; nothing where there is none. */
export function deleteIn(text: string, path: Path): string {
  const tree = parseTree(text);
  const parent = nodeAt(tree, path.slice(0, -1));
  const key = path.at(-1) as string | number;
  if (isMap(parent)) {
    const at = parent.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
    return at < 0 ? text : deleteItem(text, parent, at, path);
  }
  if (isSeq(parent) && typeof key === 'number' && key < parent.items.length) {
    return deleteItem(text, parent, key, path);
  }
  return text;
}

function isEmpty(node: Node): boolean {
  return (isScalar(node) && node.value === null) || (isCollection(node) && node.items.length === 0);
}

/** Values alike are left as they stand, so that their quoting and their spelling survive. */
function replaceNode(text: string, tree: Tree, path: Path, node: Node, value: Value): string {
  if (JSON.stringify(node.toJS(tree.document)) === JSON.stringify(value)) return text;
  if (isMap(node) && isMapping(value)) return mergeMap(text, path, node, value);
  const [from, to] = rangeOf(node);
  return text.slice(0, from) + flow(value) + text.slice(to);
}

function mergeMap(
  text: string,
  path: Path,
  node: YAMLMap,
  value: { [key: string]: Value },
): string {
  const known = node.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
  let result = text;
  for (const [key, one] of Object.entries(value)) result = setIn(result, [...path, key], one);
  for (const key of known) if (!(key in value)) result = deleteIn(result, [...path, key]);
  return result;
}

/** `faults:` or `faults: []`: the value begins right behind the colon. */
function replaceEmpty(text: string, pair: Pair, value: Value, indent: string): string {
  const node = pair.value as Node | null;
  const colon = text.indexOf(':', rangeOf(pair.key as Node)[1]) + 1;
  const to = node?.range && !isScalarNull(node) ? node.range[1] : colon;
  return text.slice(0, colon) + blockValue(value, indent) + text.slice(to);
}

function isScalarNull(node: Node): boolean {
  return isScalar(node) && (node.source ?? '') === '';
}

function insert(text: string, tree: Tree, path: Path, value: Value): string {
  const parentPath = path.slice(0, -1);
  const key = path.at(-1) as string | number;
  const parent = nodeAt(tree, parentPath);
  if (!parent || isEmpty(parent)) {
    const whole: Value = typeof key === 'number' ? [value] : { [key]: value };
    if (path.length > 1) return setIn(text, parentPath, whole);
    return `${text}${blockPair(String(key), value, '')}\n`;
  }
  if (isMap(parent))
    return insertItem(
      text,
      parent,
      (indent) => blockPair(String(key), value, indent),
      `${key}: ${flow(value)}`,
    );
  if (isSeq(parent))
    return insertItem(text, parent, (indent) => blockItem(value, indent), flow(value));
  throw new Error(`${path.join('.')}: there is a value where a mapping is needed`);
}

/** Behind the last item: on a line of its own, or within the braces. */
function insertItem(
  text: string,
  parent: YAMLMap | YAMLSeq,
  block: (indent: string) => string,
  inline: string,
): string {
  const last = itemRange(parent, parent.items.length - 1);
  if (parent.flow) return `${text.slice(0, last.to)}, ${inline}${text.slice(last.to)}`;
  const end = lineEnd(text, last.to);
  const indent = indentOf(text, itemStart(text, parent, 0));
  return `${text.slice(0, end)}\n${block(indent)}${text.slice(end)}`;
}

function deleteItem(text: string, parent: YAMLMap | YAMLSeq, at: number, path: Path): string {
  // A mapping without keys would read as nothing: its own key goes with the last of them.
  if (parent.items.length === 1 && path.length > 1) return deleteIn(text, path.slice(0, -1));
  const { from, to } = itemRange(parent, at);
  if (parent.flow) {
    const next = at + 1 < parent.items.length ? itemRange(parent, at + 1).from : undefined;
    if (next !== undefined) return text.slice(0, from) + text.slice(next);
    const before = at > 0 ? itemRange(parent, at - 1).to : from;
    return text.slice(0, before) + text.slice(to);
  }
  const start = text.lastIndexOf('\n', itemStart(text, parent, at) - 1) + 1;
  return text.slice(0, start) + text.slice(lineEnd(text, to) + 1);
}

function rangeOf(node: Node): [number, number] {
  const range = node.range;
  if (!range) throw new Error('a node without a place in the text');
  return [range[0], range[1]];
}

function keyOffset(pair: Pair): number {
  return rangeOf(pair.key as Node)[0];
}

/** From the key or the item's first character to its value's last. */
function itemRange(parent: YAMLMap | YAMLSeq, at: number): { from: number; to: number } {
  const item = parent.items[at] as unknown;
  if (!isPair(item)) {
    const [from, to] = rangeOf(item as Node);
    return { from, to };
  }
  const [from, keyEnd] = rangeOf(item.key as Node);
  const value = item.value as Node | null;
  return { from, to: value?.range ? Math.max(keyEnd, value.range[1]) : keyEnd };
}

/** Where the item's line begins to say something: its key, or the dash before it. */
function itemStart(text: string, parent: YAMLMap | YAMLSeq, at: number): number {
  const { from } = itemRange(parent, at);
  return isSeq(parent) ? text.lastIndexOf('-', from) : from;
}

/** The end of the line on which the value ends; a block's range may reach beyond it. */
function lineEnd(text: string, to: number): number {
  let last = to;
  while (last > 0 && /\s/.test(text.charAt(last - 1))) last--;
  const end = text.indexOf('\n', last);
  return end < 0 ? text.length : end;
}

/** The blanks (and dashes, as blanks) before the text at `offset`. */
function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return ' '.repeat(offset - start);
}

function isMapping(value: Value): value is { [key: string]: Value } {
  return typeof value === 'object' && !Array.isArray(value);
}

function flow(value: Value): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

/** A mapping this short is easier to read on one line. */
const SHORT = 60;

function isShort(value: Value): boolean {
  if (typeof value !== 'object') return true;
  const parts = Object.values(value);
  return parts.every((part) => typeof part !== 'object') && flow(value).length <= SHORT;
}

/** ` value` or a block on the lines below. */
function blockValue(value: Value, indent: string): string {
  if (isShort(value)) return ` ${flow(value)}`;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `\n${value.map((one) => blockItem(one, inner)).join('\n')}`;
  return `\n${pairs(value as { [key: string]: Value }, inner)}`;
}

function blockPair(key: string, value: Value, indent: string): string {
  return `${indent}${flow(key)}:${blockValue(value, indent)}`;
}

function pairs(value: { [key: string]: Value }, indent: string): string {
  return Object.entries(value)
    .map(([key, one]) => blockPair(key, one, indent))
    .join('\n');
}

function blockItem(value: Value, indent: string): string {
  if (!isMapping(value)) return `${indent}- ${flow(value)}`;
  const inner = `${indent}  `;
  return `${indent}- ${pairs(value, inner).slice(inner.length)}`;
}
