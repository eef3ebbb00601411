/** Where the variables of a project come from, and how they are put into its values. */
import type { ComposeFiles } from './files.ts';
import { parseEnvFile } from './dotenv.ts';
import type { Findings } from './findings.ts';
import { InterpolationError, interpolate } from './interpolate.ts';
import type { Lookup } from './interpolate.ts';
import type { ComposeNode, MapEntry, MapNode, Place } from './node.ts';

export interface EnvFileRequest {
  /** Absolute. */
  readonly path: string;
  /** Who asks for it; absent: nobody, and it may be missing. */
  readonly place?: Place | undefined;
}

/** The environment first, then the files: of these the last one that knows the variable. */
export function projectVariables(
  environment: Lookup,
  requests: readonly EnvFileRequest[],
  files: ComposeFiles,
  findings: Findings,
): Lookup {
  const known = new Map<string, string>();
  const lookup: Lookup = (name) => environment(name) ?? known.get(name);
  for (const { path, place } of requests) {
    const result = files.read(path);
    if ('failure' in result) {
      if (place) findings.error('missing-file', `${path} cannot be read: ${result.failure}`, place);
      continue;
    }
    const { entries, problems } = parseEnvFile(result.text, lookup);
    for (const { name, value } of entries) if (value !== undefined) known.set(name, value);
    for (const { severity, message, line } of problems) {
      const at = lineOf(path, line);
      if (severity === 'error') findings.error('compose-value', message, at);
      else findings.warn('unset-variable', message, at);
    }
  }
  return lookup;
}

export function lineOf(file: string, line: number): Place {
  return { file, line, column: 1, endLine: line, endColumn: 2 };
}

/** Every text of it with its variables put in; keys stay as they are. */
export function interpolateNode<T extends ComposeNode>(
  node: T,
  lookup: Lookup,
  findings: Findings,
): T;
export function interpolateNode(
  node: ComposeNode,
  lookup: Lookup,
  findings: Findings,
): ComposeNode {
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item) => interpolateNode(item, lookup, findings)) };
  }
  if (node.kind === 'map') return interpolateEntries(node, lookup, findings);
  if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
  try {
    const { text, unset } = interpolate(node.value, lookup);
    for (const name of unset) {
      const message = `the variable ${name} has no value: it is taken for empty`;
      const advice = `set it in .env, or give a default: \${${name}:-…}`;
      findings.warn('unset-variable', message, node.place, advice);
    }
    return { ...node, value: text, source: text };
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error;
    findings.wrong(error.message, node.place);
    return node;
  }
}

function interpolateEntries(node: MapNode, lookup: Lookup, findings: Findings): MapNode {
  const entries = [...node.entries].map(([key, { place, value }]): [string, MapEntry] => [
    key,
    { place, value: interpolateNode(value, lookup, findings) },
  ]);
  return { ...node, entries: new Map(entries) };
}
