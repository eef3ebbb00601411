/** YAML text to a tree that remembers where everything stands. */
import { LineCounter, isCollection, isMap, isNode, isPair, isScalar, parseDocument } from 'yaml';
import type { Document, Node, Pair, ParsedNode } from 'yaml';

export type Path = readonly (string | number)[];

/** Offsets into the text: `[from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Tree {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

export function parseTree(text: string): Tree {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return { text, document, lines };
}

/** The node at `path`; undefined where there is none. */
export function nodeAt(tree: Tree, path: Path): Node | undefined {
  const found: unknown =
    path.length === 0 ? tree.document.contents : tree.document.getIn(path, true);
  return isNode(found) ? found : undefined;
}

/** The key and value at `path` in its mapping. */
export function pairAt(tree: Tree, path: Path): Pair<ParsedNode, ParsedNode | null> | undefined {
  const parent = nodeAt(tree, path.slice(0, -1));
  if (!isMap(parent)) return undefined;
  const key = path.at(-1);
  return parent.items.find(
    (pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === String(key),
  ) as Pair<ParsedNode, ParsedNode | null> | undefined;
}

/** Where the value at `path` stands; where there is none, the nearest thing above it. */
export function spanOf(tree: Tree, path: Path): Span {
  const node = nodeAt(tree, path);
  if (node?.range && !(isScalar(node) && node.value === null && node.range[0] === node.range[1])) {
    // A collection is marked by its beginning: its whole text would be too much to point at.
    const [from, valueEnd] = node.range;
    if (!isCollection(node)) return { from, to: valueEnd };
  }
  return keySpanOf(tree, path);
}

/** Where the key at `path` stands; for an item of a list, its beginning. */
export function keySpanOf(tree: Tree, path: Path): Span {
  if (path.length === 0) return { from: 0, to: 0 };
  const key = pairAt(tree, path)?.key;
  if (key?.range) return { from: key.range[0], to: key.range[1] };
  const node = nodeAt(tree, path);
  if (node?.range)
    return { from: node.range[0], to: Math.min(node.range[1], endOfLine(tree, node)) };
  return keySpanOf(tree, path.slice(0, -1));
}

function endOfLine(tree: Tree, node: Node): number {
  const from = node.range?.[0] ?? 0;
  const end = tree.text.indexOf('\n', from);
  return end < 0 ? tree.text.length : end;
}
