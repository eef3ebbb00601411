/** Text to a checked mesh, or to everything that is wrong with it. */
import { isSeq } from 'yaml';
import { CHECKS } from '../checks/catalogue.ts';
import type { Mesh } from '../mesh.ts';
import type { Problem } from '../problem.ts';
import { document as documentSchema } from '../schema/document.ts';
import { MOST_PROBLEMS, toProblem } from './finding.ts';
import type { Finding } from './finding.ts';
import { normalize } from './normalize.ts';
import type { RuntimeChoice } from './normalize-workload.ts';
import { schemaFindings } from './schema-findings.ts';
import { syntaxProblems } from './syntax.ts';
import { nodeAt, parseTree } from './tree.ts';
import type { Tree } from './tree.ts';

export interface ReadOptions {
  /** As it stands in messages. */
  readonly file: string;
  /** Absolute: relative working folders are taken from there. */
  readonly folder: string;
  /** Whether a folder exists; without it, that is not checked. */
  folderExists?(path: string): boolean;
  /** How services run that say nothing of it, instead of what the document says. */
  readonly runtime?: RuntimeChoice | undefined;
}

export type ReadResult =
  | {
      readonly ok: true;
      readonly mesh: Mesh;
      readonly warnings: Problem[];
      /** The document as it is written, aliases unfolded. */
      readonly content: { readonly [key: string]: unknown };
    }
  | { readonly ok: false; readonly problems: Problem[] };

const LARGEST = 1024 * 1024;
/** More uses of anchors than any honest document has: the billion laughs. */
const MOST_ALIASES = 100;

/** All that is wrong, at most 100 things, in the order of the text. Never throws. */
export function readMesh(text: string, options: ReadOptions): ReadResult {
  const tree = parseTree(text.length > LARGEST ? '' : text);
  if (text.length > LARGEST) {
    return refused(tree, options, [tooLarge('the document is larger than 1 MiB')]);
  }
  const syntax = syntaxProblems(tree, options.file);
  if (syntax.length > 0) return { ok: false, problems: inOrder(syntax) };
  const content = contentOf(tree);
  if ('finding' in content) return refused(tree, options, [content.finding]);
  return readContent(tree, content.value, options);
}

function readContent(tree: Tree, value: unknown, options: ReadOptions): ReadResult {
  const parsed = documentSchema.safeParse(value, { reportInput: true });
  if (!parsed.success)
    return refused(tree, options, schemaFindings(parsed.error.issues, documentSchema));
  const mesh = normalize(parsed.data, options);
  const { folderExists } = options;
  const findings = CHECKS.flatMap((check) =>
    check({
      mesh,
      folderExists,
      has: (path) => nodeAt(tree, path) !== undefined,
      isList: (path) => isSeq(nodeAt(tree, path)),
    }),
  );
  const problems = placed(tree, options, findings);
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems };
  return { ok: true, mesh, warnings: problems, content: value as { [key: string]: unknown } };
}

function refused(tree: Tree, options: ReadOptions, findings: readonly Finding[]): ReadResult {
  return { ok: false, problems: placed(tree, options, findings) };
}

/** What two versions inherit is found twice, and told once. */
function placed(tree: Tree, { file }: ReadOptions, findings: readonly Finding[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const finding of findings.slice(0, MOST_PROBLEMS)) {
    const problem = toProblem(finding, tree, file);
    problems.set(JSON.stringify(problem), problem);
  }
  return inOrder([...problems.values()]);
}

function inOrder(problems: Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

type Content = { readonly value: unknown } | { readonly finding: Finding };

function contentOf(tree: Tree): Content {
  try {
    const value: unknown = tree.document.toJS({ maxAliasCount: MOST_ALIASES });
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value };
    const message = value === null ? 'the document is empty' : 'the document is not a mapping';
    const advice = 'begin with "mesh: <name>" and "services:"';
    return { finding: { code: 'not-a-mapping', message, advice, path: [] } };
  } catch (error) {
    // Aliases within themselves, or of aliases of aliases: the library gives up, and throws that.
    if (!(error instanceof ReferenceError)) throw error;
    return { finding: tooLarge('the aliases of the document unfold to too much') };
  }
}

function tooLarge(message: string): Finding {
  return { code: 'too-large', message, path: [] };
}
