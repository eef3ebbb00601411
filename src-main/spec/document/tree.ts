/** YAML text to a tree that remembers where everything stands. */
import {
  Lexer,
  LineCounter,
  Parser,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml';
import type { Document, Node, Pair } from 'yaml';

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
  /** Where the text is nested deeper than can be read; the document is empty then. */
  readonly tooDeepAt: number | undefined;
}

/**
 * Levels of nesting: brackets, lists and mappings. The YAML library composes by recursion, and a text
 * of brackets alone ends the whole process, not just the reading.
 */
const MOST_LEVELS = 100;

const OPTIONS = {
  prettyErrors: false,
  keepSourceTokens: true,
  stringKeys: true,
  // The library compares each key with each other one; `syntax.ts` does it in linear time.
  uniqueKeys: false,
  logLevel: 'error',
} as const;

export function parseTree(text: string): Tree {
  const lines = new LineCounter();
  const tooDeepAt = findTooDeep(text, lines);
  const document = parseDocument(tooDeepAt === undefined ? text : '', OPTIONS);
  return { text, document, lines, tooDeepAt };
}

/** Fills `lines` on the way. */
function findTooDeep(text: string, lines: LineCounter): number | undefined {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    if (parser.stack.length > MOST_LEVELS) return parser.offset;
  }
  return undefined;
}

/** The node at `path`; undefined where there is none. An alias is not followed. */
export function nodeAt(tree: Tree, path: Path): Node | undefined {
  let found: unknown = tree.document.contents;
  for (const part of path) {
    if (isMap(found)) found = pairOf(found.items, part)?.value;
    else found = isSeq(found) ? found.items[Number(part)] : undefined;
  }
  return isNode(found) ? found : undefined;
}

/** The key and value at `path` in its mapping. */
export function pairAt(tree: Tree, path: Path): Pair | undefined {
  const parent = nodeAt(tree, path.slice(0, -1));
  return isMap(parent) ? pairOf(parent.items, path.at(-1)) : undefined;
}

function pairOf(pairs: readonly Pair[], key: unknown): Pair | undefined {
  return pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

/** Where the value at `path` stands; where there is none, the nearest thing above it. */
export function spanOf(tree: Tree, path: Path): Span {
  const node = nodeAt(tree, path);
  // A collection is marked by its beginning: its whole text would be too much to point at.
  if (node?.range && !isCollection(node) && node.range[0] < node.range[1]) {
    return { from: node.range[0], to: node.range[1] };
  }
  return keySpanOf(tree, path);
}

/** Where the key at `path` stands; for an item of a list, its beginning. */
export function keySpanOf(tree: Tree, path: Path): Span {
  if (path.length === 0) return { from: 0, to: 0 };
  const key = pairAt(tree, path)?.key;
  if (isNode(key) && key.range) return { from: key.range[0], to: key.range[1] };
  const range = nodeAt(tree, path)?.range;
  if (range) return { from: range[0], to: Math.min(range[1], endOfLine(tree.text, range[0])) };
  return keySpanOf(tree, path.slice(0, -1));
}

/** The offset of the line's end, its end mark not included. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' && end > offset ? end - 1 : end;
}
