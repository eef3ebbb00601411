/** Text to a checked mesh, or to everything that is wrong with it. */
import { isSeq } from 'yaml';
import { CHECKS } from '../checks/catalogue.ts';
import type { Mesh } from '../mesh.ts';
import type { Problem } from '../problem.ts';
import { document as documentSchema } from '../schema/document.ts';
import type { MeshDocument } from '../schema/document.ts';
import { MOST_PROBLEMS, toProblem } from './finding.ts';
import type { Finding } from './finding.ts';
import { foreignPlace, overlay } from './imported.ts';
import type { ComposeReader, Imported } from './imported.ts';
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
  /** Reads the compose files that the document refers to; absent: nobody can. */
  readonly readCompose?: ComposeReader;
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

function readContent(tree: Tree, value: Mapping, options: ReadOptions): ReadResult {
  const own = documentSchema.safeParse(value, { reportInput: true });
  if (!own.success) {
    return refused(tree, options, schemaFindings(own.error.issues, documentSchema));
  }
  const { compose, services } = own.data;
  if (compose === undefined) {
    if (!services) return refused(tree, options, [missingServices()]);
    return readWhole(tree, own.data, value, options);
  }
  const imported = options.readCompose?.(compose);
  if (!imported) return refused(tree, options, [noReader()]);
  if (imported.problems.some(isError)) return refused(tree, options, [], imported);
  const whole = documentSchema.safeParse(overlay(value, imported), { reportInput: true });
  if (!whole.success) {
    const findings = schemaFindings(whole.error.issues, documentSchema);
    return refused(tree, options, findings, imported);
  }
  return readWhole(tree, whole.data, value, options, imported);
}

/** `content`: what the document says itself. */
function readWhole(
  tree: Tree,
  document: MeshDocument,
  content: Mapping,
  options: ReadOptions,
  imported?: Imported,
): ReadResult {
  const mesh = normalize(document, options);
  const { folderExists } = options;
  const findings = CHECKS.flatMap((check) =>
    check({
      mesh,
      folderExists,
      has: (path) => nodeAt(tree, path) !== undefined,
      isList: (path) => isSeq(nodeAt(tree, path)),
    }),
  );
  const problems = placed(tree, options, findings, imported);
  if (problems.some(isError)) return { ok: false, problems };
  return { ok: true, mesh, warnings: problems, content };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function missingServices(): Finding {
  const message = '"services" is missing in the document';
  return { code: 'missing-key', message, path: ['services'], at: 'key' };
}

function noReader(): Finding {
  const message = 'compose files cannot be read here';
  return { code: 'wrong-value', message, path: ['compose'] };
}

function refused(
  tree: Tree,
  options: ReadOptions,
  findings: readonly Finding[],
  imported?: Imported,
): ReadResult {
  return { ok: false, problems: placed(tree, options, findings, imported) };
}

/** What two versions inherit is found twice, and told once. The document's own come first. */
function placed(
  tree: Tree,
  { file }: ReadOptions,
  findings: readonly Finding[],
  imported?: Imported,
): Problem[] {
  const problems = new Map<string, Problem>();
  for (const finding of findings.slice(0, MOST_PROBLEMS)) {
    const foreign = foreignPlace(finding, tree, imported);
    const own = toProblem(finding, tree, file);
    const problem = foreign ? { ...own, ...foreign } : own;
    problems.set(JSON.stringify(problem), problem);
  }
  const all = [...problems.values(), ...(imported?.problems ?? []).slice(0, MOST_PROBLEMS)];
  const rank = (problem: Problem): string => (problem.file === file ? '' : problem.file);
  return inOrder(all).toSorted((a, b) => rank(a).localeCompare(rank(b)));
}

function inOrder(problems: Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

type Mapping = { readonly [key: string]: unknown };
type Content = { readonly value: Mapping } | { readonly finding: Finding };

function contentOf(tree: Tree): Content {
  try {
    const value: unknown = tree.document.toJS({ maxAliasCount: MOST_ALIASES });
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { value: value as Mapping };
    }
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
