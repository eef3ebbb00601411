/** The text of a compose file to values with their places: anchors and merge keys are unfolded. */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import type { Node, Pair, YAMLMap } from 'yaml';
import { syntaxProblems } from '../../../spec/document/syntax.ts';
import { parseTree } from '../../../spec/document/tree.ts';
import type { Tree } from '../../../spec/document/tree.ts';
import type { Findings } from './findings.ts';
import { isEmpty } from './node.ts';
import type { ComposeNode, MapEntry, MapNode, MergeTag, Place } from './node.ts';

/** More than any honest file has: aliases of aliases unfold to as many as one likes. */
const MOST_NODES = 100_000;
const LARGEST = 4 * 1024 * 1024;

const TAGS: Readonly<Record<string, MergeTag>> = { '!reset': 'reset', '!override': 'override' };

/** Undefined where it cannot be read; why is said. `file`: absolute. */
export function parseCompose(text: string, file: string, findings: Findings): MapNode | undefined {
  const start = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if (text.length > LARGEST) {
    findings.error('too-large', 'the file is larger than 4 MiB', start);
    return undefined;
  }
  const tree = parseTree(text);
  const problems = syntaxProblems(tree, file, { tags: Object.keys(TAGS) });
  for (const { message, advice, line, column, endLine = line, endColumn = column } of problems) {
    findings.error('yaml-syntax', message, { file, line, column, endLine, endColumn }, advice);
  }
  if (problems.length > 0) return undefined;
  const { contents } = tree.document;
  try {
    const root = isNode(contents) ? new Unfolder(tree, file).node(contents) : undefined;
    if (root?.kind === 'map') return root;
    if (root && !isEmpty(root)) findings.wrong('a compose file is a mapping', root.place);
    else findings.wrong('the file is empty', start, 'begin with "services:"');
    return undefined;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    findings.error('too-large', 'the aliases of the file unfold to too much', error.place);
    return undefined;
  }
}

class TooLarge extends Error {
  readonly place: Place;

  constructor(place: Place) {
    super();
    this.place = place;
  }
}

class Unfolder {
  readonly #tree: Tree;
  readonly #file: string;
  #count = 0;
  /** Aliases that are being unfolded: one within what it stands for has no end. */
  readonly #open = new Set<Node>();

  constructor(tree: Tree, file: string) {
    this.#tree = tree;
    this.#file = file;
  }

  /** @throws TooLarge */
  node(node: Node): ComposeNode {
    const place = this.#placeOf(node);
    if (++this.#count > MOST_NODES) throw new TooLarge(place);
    const tag = node.tag === undefined ? undefined : TAGS[node.tag];
    if (isAlias(node)) return this.#alias(node.resolve(this.#tree.document), place);
    if (isMap(node)) return { kind: 'map', entries: this.#entries(node), place, tag };
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#value(item, place));
      return { kind: 'list', items, place, tag };
    }
    return this.#scalar(node, place, tag);
  }

  #scalar(node: Node, place: Place, tag: MergeTag | undefined): ComposeNode {
    const { value, source } = isScalar(node) ? node : { value: null, source: undefined };
    const known = isPlain(value) ? value : String(value);
    return { kind: 'scalar', value: known, source: source ?? String(known), place, tag };
  }

  #alias(target: Node | undefined, place: Place): ComposeNode {
    if (!target || this.#open.has(target)) throw new TooLarge(place);
    this.#open.add(target);
    try {
      return this.node(target);
    } finally {
      this.#open.delete(target);
    }
  }

  #value(value: unknown, above: Place): ComposeNode {
    if (isNode(value)) return this.node(value);
    return { kind: 'scalar', value: null, source: '', place: above };
  }

  /** Keys of its own win over those that it merges in (`<<`), and of these the first. */
  #entries(node: YAMLMap): Map<string, MapEntry> {
    const merged = new Map<string, MapEntry>();
    const own = new Map<string, MapEntry>();
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const place = isNode(pair.key) ? this.#placeOf(pair.key) : this.#placeOf(node);
      if (keyOf(pair) !== '<<') {
        own.set(keyOf(pair), { place, value: this.#value(pair.value, place) });
        continue;
      }
      for (const source of this.#mergeSources(this.#value(pair.value, place))) {
        for (const [key, entry] of source.entries) if (!merged.has(key)) merged.set(key, entry);
      }
    }
    for (const [key, entry] of own) merged.set(key, entry);
    return merged;
  }

  #mergeSources(value: ComposeNode): MapNode[] {
    if (value.kind === 'map') return [value];
    return value.kind === 'list' ? value.items.filter((item) => item.kind === 'map') : [];
  }

  #placeOf({ range }: Node): Place {
    const [from, to] = range ?? [0, 0];
    const start = this.#tree.lines.linePos(from);
    // A mapping or a block text is marked by its first line.
    const end = this.#tree.lines.linePos(to);
    const sameLine = end.line === start.line;
    const endColumn = sameLine ? end.col : start.col + 1;
    return {
      file: this.#file,
      line: Math.max(1, start.line),
      column: Math.max(1, start.col),
      endLine: Math.max(1, start.line),
      endColumn: Math.max(1, endColumn),
    };
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
