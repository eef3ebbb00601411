/**
 * Changes to a document's text that leave everything else in it alone, to the byte: each cuts out or
 * puts in exactly the text of one value, key or item.
 */
import { isAlias, isCollection, isMap, isScalar, isSeq } from 'yaml';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import {
  afterColon,
  columnOf,
  commaBefore,
  endOf,
  endWithComments,
  isBlock,
  isInFlow,
  itemSpan,
  keyStart,
} from './place.ts';
import { endOfLine, nodeAt, pairAt, parseTree } from './tree.ts';
import type { Path, Span, Tree } from './tree.ts';
import { blockItem, blockPair, blockValue, inline, isMapping, isShort } from './write.ts';
import type { Value } from './write.ts';

/** Puts `text` where `[from, to)` was. */
interface Change extends Span {
  readonly text: string;
}

/** Sets the value at `path`, making what is missing on the way; a mapping is changed key by key. */
export function setIn(tree: Tree, path: Path, value: Value): Tree {
  const grown = applyChanges(tree, setChanges(tree, path, value));
  return surplus(grown, path, value).reduce(deleteIn, grown);
}

/** Takes the key or the item at `path` away, with the comment behind it; nothing where there is none. */
export function deleteIn(tree: Tree, path: Path): Tree {
  return applyChanges(tree, deleteChanges(tree, path));
}

/** The keys that are there and should not be. */
function surplus(tree: Tree, path: Path, value: Value): Path[] {
  const node = nodeAt(tree, path);
  if (!isMap(node) || !isMapping(value)) return [];
  return keysOf(node).flatMap((key) => {
    const wanted = Object.hasOwn(value, key) ? value[key] : undefined;
    return wanted === undefined ? [[...path, key]] : surplus(tree, [...path, key], wanted);
  });
}

function applyChanges(tree: Tree, changes: readonly Change[]): Tree {
  if (changes.length === 0) return tree;
  const lineEnd = tree.text.includes('\r\n') ? '\r\n' : '\n';
  // From the end of the text on; of two that add at one place, the inner one stands first.
  const text = changes
    .toReversed()
    .toSorted((a, b) => b.from - a.from || b.to - a.to)
    .reduce(
      (result, { from, to, text: now }) =>
        result.slice(0, from) + now.replaceAll('\n', lineEnd) + result.slice(to),
      tree.text,
    );
  return parseTree(text);
}

function setChanges(tree: Tree, path: Path, value: Value): Change[] {
  const node = nodeAt(tree, path);
  if (!node && !pairAt(tree, path)) return insertChanges(tree, path, value);
  if (!node || isEmpty(node)) return replaceEmpty(tree, path, value);
  // What is alike is left as it stands, so that its quoting and its spelling survive.
  if (JSON.stringify(node.toJS(tree.document)) === JSON.stringify(value)) return [];
  if (isMap(node) && isMapping(value)) return mergeChanges(tree, path, node, value);
  return replaceNode(tree, path, node, value);
}

function isEmpty(node: Node): boolean {
  return (isScalar(node) && node.value === null) || (isCollection(node) && node.items.length === 0);
}

/** What is to be taken away stays for the moment: see `setIn`. */
function mergeChanges(
  tree: Tree,
  path: Path,
  node: YAMLMap,
  value: { [key: string]: Value },
): Change[] {
  const known = keysOf(node).filter((key) => Object.hasOwn(value, key));
  if (known.length === 0) return replaceNode(tree, path, node, value);
  const added = Object.entries(value).filter(([key]) => !known.includes(key));
  return [
    ...known.flatMap((key) => setChanges(tree, [...path, key], value[key] as Value)),
    ...addToMap(tree, node, Object.fromEntries(added)),
  ];
}

function keysOf(map: YAMLMap): string[] {
  return map.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
}

/** `faults:`, `faults: []` or `faults: # none`: the value goes behind the colon, or below the line. */
function replaceEmpty(tree: Tree, path: Path, value: Value): Change[] {
  const pair = pairAt(tree, path);
  const node = nodeAt(tree, path);
  const old = node?.range ? { from: node.range[0], to: node.range[1] } : undefined;
  if (!pair || isInFlow(tree, path) || isShort(value)) {
    if (old && old.from < old.to) return [{ ...old, text: inline(value) }];
    const at = pair ? afterColon(pair) : (old?.from ?? 0);
    return [{ from: at, to: at, text: ` ${inline(value)}` }];
  }
  const colon = afterColon(pair);
  const below = endOfLine(tree.text, old ? Math.max(old.to, colon) : colon);
  const indent = ' '.repeat(columnOf(tree.text, keyStart(pair)));
  return [
    ...(old && old.from < old.to ? [cut(colon, old.to)] : []),
    { from: below, to: below, text: blockValue(value, indent) },
  ];
}

/** A block of lines gives way to a value behind its key's colon; what is in one line stays there. */
function replaceNode(tree: Tree, path: Path, node: Node, value: Value): Change[] {
  const from = node.range?.[0] ?? 0;
  const pair = pairAt(tree, path);
  if (!isBlock(node) || !pair) return [{ from, to: endOf(node), text: inline(value) }];
  const colon = afterColon(pair);
  const end = endOfLine(tree.text, colon);
  return [
    { from: colon, to: colon, text: ` ${inline(value)}` },
    cut(end, endWithComments(tree.text, endOf(node), columnOf(tree.text, from))),
  ];
}

function insertChanges(tree: Tree, path: Path, value: Value): Change[] {
  const parentPath = path.slice(0, -1);
  const key = path.at(-1) as string | number;
  const parent = nodeAt(tree, parentPath);
  const whole: Value = typeof key === 'number' ? [value] : { [key]: value };
  if (!parent || isEmpty(parent)) {
    if (path.length > 1) return setChanges(tree, parentPath, whole);
    const at = tree.text.length;
    return [{ from: at, to: at, text: `${blockPair(String(key), value, '')}\n` }];
  }
  if (isAlias(parent)) {
    const shared = parent.toJS(tree.document) as Value;
    const own: Value = isMapping(shared) ? { ...shared, [key]: value } : whole;
    return replaceNode(tree, parentPath, parent, own);
  }
  if (isMap(parent)) return addToMap(tree, parent, { [key]: value });
  if (isSeq(parent)) return addToSeq(tree, parent, value);
  throw new Error(`${path.join('.')}: there is a value where a mapping is needed`);
}

function addToMap(tree: Tree, map: YAMLMap, added: { [key: string]: Value }): Change[] {
  const entries = Object.entries(added);
  if (entries.length === 0) return [];
  const end = itemSpan(map, map.items.length - 1).to;
  if (map.flow) {
    const text = entries.map(([key, one]) => `, ${inline(key)}: ${inline(one)}`).join('');
    return [{ from: end, to: end, text }];
  }
  const column = columnOf(tree.text, itemSpan(map, 0).from);
  const isRoot = map === tree.document.contents;
  // A comment at the margin may speak of what follows; behind the last section nothing does.
  const at = endWithComments(tree.text, end, isRoot ? 0 : column + 1);
  const pairs = entries.map(([key, one]) => blockPair(key, one, ' '.repeat(column)));
  const isAiry = isRoot && /\n[ \t]*\r?\n\S/.test(tree.text);
  const text = pairs.map((pair) => `${isAiry ? '\n' : ''}\n${pair}`).join('');
  return [{ from: at, to: at, text: at === tree.text.length ? `${text}\n` : text }];
}

function addToSeq(tree: Tree, seq: YAMLSeq, value: Value): Change[] {
  const end = itemSpan(seq, seq.items.length - 1).to;
  if (seq.flow) return [{ from: end, to: end, text: `, ${inline(value)}` }];
  const column = columnOf(tree.text, itemSpan(seq, 0).from);
  const at = endWithComments(tree.text, end, column + 1);
  const text = `\n${blockItem(value, ' '.repeat(column))}`;
  return [{ from: at, to: at, text: at === tree.text.length ? `${text}\n` : text }];
}

function deleteChanges(tree: Tree, path: Path): Change[] {
  const parentPath = path.slice(0, -1);
  const parent = nodeAt(tree, parentPath);
  if (isAlias(parent)) {
    const shared = parent.toJS(tree.document) as { [key: string]: Value };
    const rest = Object.entries(shared).filter(([key]) => key !== String(path.at(-1)));
    return replaceNode(tree, parentPath, parent, Object.fromEntries(rest));
  }
  const at = indexIn(parent, path.at(-1));
  if (at < 0) return [];
  const collection = parent as YAMLMap | YAMLSeq;
  // A mapping without keys would read as nothing: its own key goes with the last of them.
  if (collection.items.length === 1 && path.length > 1) return deleteChanges(tree, parentPath);
  return collection.flow ? cutFromFlow(tree, collection, at) : cutFromBlock(tree, collection, at);
}

function indexIn(parent: Node | undefined, key: string | number | undefined): number {
  if (isSeq(parent)) return Number(key) < parent.items.length ? Number(key) : -1;
  return isMap(parent) ? keysOf(parent).indexOf(String(key)) : -1;
}

/** One of the two commas beside it goes as well. */
function cutFromFlow({ text }: Tree, parent: YAMLMap | YAMLSeq, at: number): Change[] {
  const { from, to } = itemSpan(parent, at);
  if (at > 0) {
    const comma = commaBefore(parent, at) ?? from;
    const blanks = /(\r?\n)?[ \t]*$/.exec(text.slice(comma + 1, from))?.[0].length ?? 0;
    return [cut(comma, comma + 1), cut(from - blanks, to)];
  }
  const comma = commaBefore(parent, at + 1);
  if (comma === undefined) return [cut(from, to)];
  const blanks = /^ */.exec(text.slice(comma + 1))?.[0].length ?? 0;
  return [cut(from, comma + 1 + blanks)];
}

/** Whole lines; of the first key behind a dash, only what leaves the dash to the next key. */
function cutFromBlock({ text }: Tree, parent: YAMLMap | YAMLSeq, at: number): Change[] {
  const { from, to } = itemSpan(parent, at);
  const column = columnOf(text, from);
  const end = endWithComments(text, to, column + 1);
  if (text.slice(from - column, from).trim() === '') {
    return [cut(from - column, end + (/^\r?\n/.exec(text.slice(end))?.[0].length ?? 0))];
  }
  const next = itemSpan(parent, at + 1).from;
  if (text.slice(end, next).trim() === '') return [cut(from, next)];
  const blanks = /[ \t]*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  return [cut(from - blanks, end)];
}

function cut(from: number, to: number): Change {
  return { from, to, text: '' };
}
