/** Text to a checked mesh, or to everything that is wrong with it. */
import { CHECKS } from '../checks/catalogue.ts';
import type { Mesh } from '../mesh.ts';
import type { Problem } from '../problem.ts';
import { document as documentSchema } from '../schema/document.ts';
import { problemAt, toProblem } from './finding.ts';
import type { Finding } from './finding.ts';
import { normalize } from './normalize.ts';
import { schemaFindings } from './schema-findings.ts';
import { nodeAt, parseTree } from './tree.ts';
import type { Tree } from './tree.ts';

export interface ReadOptions {
  /** As it stands in messages. */
  readonly file: string;
  /** Absolute: relative working folders are taken from there. */
  readonly folder: string;
  /** Whether a folder exists; without it, that is not checked. */
  folderExists?(path: string): boolean;
}

export type ReadResult =
  | { readonly ok: true; readonly mesh: Mesh; readonly warnings: Problem[] }
  | { readonly ok: false; readonly problems: Problem[] };

const LARGEST = 1024 * 1024;
/** Of a key, as a message shows it. */
const LONGEST_KEY = 80;
/** More uses of anchors than any honest document has: the billion laughs. */
const MOST_ALIASES = 100;

export function readMesh(text: string, options: ReadOptions): ReadResult {
  const tree = parseTree(text.length > LARGEST ? '' : text);
  if (text.length > LARGEST) {
    return refused(tree, options, [tooLarge('the document is larger than 1 MiB')]);
  }
  const syntax = syntaxProblems(tree, options.file);
  if (syntax.length > 0) return { ok: false, problems: syntax };
  const content = contentOf(tree);
  if ('finding' in content) return refused(tree, options, [content.finding]);
  return readContent(tree, content.value, options);
}

function readContent(tree: Tree, value: unknown, options: ReadOptions): ReadResult {
  const parsed = documentSchema.safeParse(value, { reportInput: true });
  if (!parsed.success)
    return refused(tree, options, schemaFindings(parsed.error.issues, documentSchema));
  const mesh = normalize(parsed.data, options.folder);
  const { folderExists } = options;
  const findings = CHECKS.flatMap((check) =>
    check({ mesh, folderExists, has: (path) => nodeAt(tree, path) !== undefined }),
  );
  const problems = inOrder(findings.map((finding) => toProblem(finding, tree, options.file)));
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems };
  return { ok: true, mesh, warnings: problems };
}

function refused(tree: Tree, options: ReadOptions, findings: readonly Finding[]): ReadResult {
  return {
    ok: false,
    problems: inOrder(findings.map((one) => toProblem(one, tree, options.file))),
  };
}

function inOrder(problems: Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function syntaxProblems(tree: Tree, file: string): Problem[] {
  return tree.document.errors.map((error) => {
    const [from, to] = error.pos;
    const duplicate = error.code === 'DUPLICATE_KEY';
    const word = /^[^:\s]*/.exec(tree.text.slice(from, from + LONGEST_KEY))?.[0] ?? '';
    const finding = duplicate
      ? { code: 'duplicate-name' as const, message: `the key "${word}" is given twice` }
      : { code: 'yaml-syntax' as const, message: error.message, advice: SYNTAX_ADVICE[error.code] };
    return problemAt(finding, { from, to }, tree, file);
  });
}

const SYNTAX_ADVICE: Partial<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with blanks',
  BAD_INDENT: 'keys of one mapping begin in one column',
  MISSING_CHAR: 'a quote or a bracket is not closed',
};

type Content = { readonly value: unknown } | { readonly finding: Finding };

function contentOf(tree: Tree): Content {
  try {
    const value: unknown = tree.document.toJS({ maxAliasCount: MOST_ALIASES });
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value };
    const message = value === null ? 'the document is empty' : 'the document is not a mapping';
    const advice = 'begin with "mesh: <name>" and "services:"';
    return { finding: { code: 'not-a-mapping', message, advice, path: [] } };
  } catch (error) {
    // The only error that the library throws here: too many aliases.
    return { finding: tooLarge((error as Error).message) };
  }
}

function tooLarge(message: string): Finding {
  return { code: 'too-large', message, path: [] };
}
