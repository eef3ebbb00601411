/** Where the parts of a tree stand in the text, to the character: what a change cuts and where it adds. */
import { isCollection, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { CST, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { endOfLine, nodeAt } from './tree.ts';
import type { Path, Span, Tree } from './tree.ts';

type Item = CST.CollectionItem;

/** In lines of its own, not between brackets. */
export function isBlock(node: Node): boolean {
  return isCollection(node) && node.flow !== true;
}

/** Something above `path` is written between brackets, so that all in it must be. */
export function isInFlow(tree: Tree, path: Path): boolean {
  return path.some((_part, i) => {
    const node = nodeAt(tree, path.slice(0, i));
    return isCollection(node) && node.flow === true;
  });
}

/** From the item's dash or key to the last character of its value. */
export function itemSpan(parent: YAMLMap | YAMLSeq, at: number): Span {
  const item: unknown = parent.items[at];
  if (isPair(item)) return { from: keyStart(item), to: endOfPair(item) };
  const node = item as Node;
  const from = sourceItem(parent, at)?.start.find(isOwn)?.offset ?? startOf(node);
  return { from, to: Math.max(endOf(node), from + (parent.flow ? 0 : 1)) };
}

/** Of what stands before a value: the dash, the question mark, the anchor or the tag are its own. */
function isOwn({ type }: CST.SourceToken): boolean {
  return ['seq-item-ind', 'explicit-key-ind', 'anchor', 'tag'].includes(type);
}

export function keyStart(pair: Pair): number {
  return pair.srcToken?.start.find(isOwn)?.offset ?? startOf(pair.key as Node);
}

/** Behind the colon; where there is none, behind the key. */
export function afterColon(pair: Pair): number {
  const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  return colon ? colon.offset + 1 : endOf(pair.key as Node);
}

/** The comma that ends the item before. */
export function commaBefore(parent: YAMLMap | YAMLSeq, at: number): number | undefined {
  return sourceItem(parent, at)?.start.find(({ type }) => type === 'comma')?.offset;
}

function sourceItem(parent: YAMLMap | YAMLSeq, at: number): Item | undefined {
  const item: unknown = parent.items[at];
  if (isPair(item)) return item.srcToken;
  const source = parent.srcToken;
  if (!source || !('items' in source)) return undefined;
  // The last item of the source may hold nothing but comments.
  return (source.items as Item[]).filter(({ start, value }) => value || start.some(isOwn))[at];
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function endOfPair(pair: Pair): number {
  const value = pair.value as Node | null;
  const isThere = value?.range && (!isScalar(value) || value.range[0] < value.range[1]);
  return isThere ? endOf(value) : afterColon(pair);
}

/** Behind the node's last character; what follows it in its last line, and comments, do not belong. */
export function endOf(node: Node): number {
  if (isBlock(node) && (isMap(node) || isSeq(node)) && node.items.length > 0) {
    return itemSpan(node, node.items.length - 1).to;
  }
  if (isScalar(node) && node.srcToken?.type === 'block-scalar') {
    const { offset, source } = node.srcToken;
    return offset + source.trimEnd().length;
  }
  return node.range?.[1] ?? 0;
}

/** How many characters stand before it in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The end of the line, or of the comment lines below it that begin at `column` or further in. */
export function endWithComments(text: string, offset: number, column: number): number {
  let end = endOfLine(text, offset);
  for (;;) {
    const line = /^\r?\n([ \t]*)#[^\n]*?(?=\r?\n|$)/.exec(text.slice(end));
    if (!line || (line[1] ?? '').length < column) return end;
    end += line[0].length;
  }
}
