/** What is wrong with a document's YAML itself, before anybody asks what it means. */
import { isMap, isScalar, visit } from 'yaml';
import type { Node, YAMLError, YAMLMap } from 'yaml';
import type { Problem } from '../problem.ts';
import { MOST_PROBLEMS, problemAt } from './finding.ts';
import type { Finding } from './finding.ts';
import { suggestion } from './nearest.ts';
import type { Span, Tree } from './tree.ts';

type Found = Omit<Finding, 'path' | 'at'> & { readonly span: Span };

export interface SyntaxOptions {
  /** Tags that mean something to the reader; absent: none. */
  readonly tags?: readonly string[];
}

export function syntaxProblems(tree: Tree, file: string, options: SyntaxOptions = {}): Problem[] {
  return syntaxFindings(tree, options)
    .slice(0, MOST_PROBLEMS)
    .map((found) => problemAt(found, found.span, tree, file));
}

function syntaxFindings(tree: Tree, { tags = [] }: SyntaxOptions): Found[] {
  const { document, tooDeepAt } = tree;
  if (tooDeepAt !== undefined) {
    const message = 'the document is nested too deeply here';
    return [{ code: 'too-large', message, span: { from: tooDeepAt, to: tooDeepAt + 1 } }];
  }
  // Of a broken text, the rest of the tree is guesswork.
  if (document.errors.length > 0) return document.errors.map(yamlFinding);
  // A tag that the library does not know is a warning of it: it would be taken for plain text.
  const warnings = document.warnings.filter(
    ({ code, pos: [from, to] }) =>
      code !== 'TAG_RESOLVE_FAILED' || !tags.includes(tree.text.slice(from, to).trim()),
  );
  return [...warnings.map(yamlFinding), ...keyAndAliasFindings(tree)];
}

const WORDS: Partial<Record<YAMLError['code'], { message?: string; advice?: string }>> = {
  TAB_AS_INDENT: { advice: 'indent with blanks' },
  BAD_INDENT: { advice: 'keys of one mapping begin in one column' },
  MISSING_CHAR: { advice: 'a quote, a bracket or a colon is missing' },
  BLOCK_AS_IMPLICIT_KEY: { advice: 'put a text with ": " in it in quotes' },
  MULTILINE_IMPLICIT_KEY: { advice: 'is a colon missing behind the key?' },
  BAD_SCALAR_START: { advice: 'put the text in quotes' },
  NON_STRING_KEY: { message: 'a key must be a text' },
  MULTIPLE_DOCS: {
    message: 'there is more than one document in the file',
    advice: 'take away what follows "---"',
  },
  TAG_RESOLVE_FAILED: { advice: 'tags mean nothing here' },
};

function yamlFinding({ code, message, pos: [from, to] }: YAMLError): Found {
  const words = WORDS[code];
  const text = words?.message ?? message.replace(/^U/, 'u');
  return { code: 'yaml-syntax', message: text, advice: words?.advice, span: { from, to } };
}

function keyAndAliasFindings(tree: Tree): Found[] {
  const found: Found[] = [];
  const anchors = new Set<string>();
  visit(tree.document, {
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchors.add(node.anchor);
      if (isMap(node)) found.push(...duplicateKeys(tree, node));
    },
    Alias: (_key, node) => {
      if (anchors.has(node.source)) return;
      const message = `there is no anchor "&${node.source}" before this alias`;
      const advice = suggestion(node.source, [...anchors]);
      found.push({ code: 'yaml-syntax', message, advice, span: spanOf(node) });
    },
  });
  return found;
}

function duplicateKeys(tree: Tree, map: YAMLMap): Found[] {
  const first = new Map<string, Node>();
  return map.items.flatMap((pair): Found[] => {
    if (!isScalar(pair.key)) return [];
    const name = String(pair.key.value);
    const before = first.get(name);
    if (!before) {
      first.set(name, pair.key);
      return [];
    }
    const { line } = tree.lines.linePos(spanOf(before).from);
    const message = `the key "${name}" is given twice`;
    const advice = `the first one is in line ${line}`;
    return [{ code: 'duplicate-name', message, advice, span: spanOf(pair.key) }];
  });
}

function spanOf(node: Node): Span {
  return { from: node.range?.[0] ?? 0, to: node.range?.[1] ?? 0 };
}
