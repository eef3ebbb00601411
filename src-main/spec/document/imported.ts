/** Services that a document takes from other files, and what it says itself laid over them. */
import type { Problem } from '../problem.ts';
import type { ComposeInput } from '../schema/compose.ts';
import type { Finding } from './finding.ts';
import { nodeAt } from './tree.ts';
import type { Path, Tree } from './tree.ts';

/** Where something stands in another file; lines and columns count from 1. */
export interface ForeignPlace {
  /** As it stands in messages. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What other files bring, in the words of a document. */
export interface Imported {
  readonly services: Mapping;
  readonly volumes: Mapping;
  readonly gateway: Mapping;
  /** What is to be said of those files. */
  readonly problems: readonly Problem[];
  /** Where what stands at a path comes from, with how many of its parts lead there. */
  placeOf(path: Path): { readonly place: ForeignPlace; readonly depth: number } | undefined;
}

type Mapping = Readonly<Record<string, unknown>>;

/** Reads compose files as the document asks for them. */
export type ComposeReader = (compose: ComposeInput) => Imported;

/**
 * A service of the document lies over the imported one of its name, key by key; mappings of names
 * (environment, labels, versions) and the container by their keys as well.
 */
export function overlay(content: Mapping, imported: Imported): Mapping {
  const { services, volumes, gateway } = content;
  return {
    ...content,
    services: overlayNamed(imported.services, services, overlayService),
    ...((volumes !== undefined || Object.keys(imported.volumes).length > 0) && {
      volumes: overlayNamed(imported.volumes, volumes, (_base, own) => own),
    }),
    gateway: isMapping(gateway) ? { ...imported.gateway, ...gateway } : imported.gateway,
  };
}

function overlayNamed(
  base: Mapping,
  own: unknown,
  merge: (base: Mapping, own: Mapping) => Mapping,
): unknown {
  // What is no mapping is told by the schema.
  if (own !== undefined && own !== null && !isMapping(own)) return own;
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(own ?? {})) {
    const below = base[name];
    result[name] = isMapping(below) && isMapping(value) ? merge(below, value) : value;
  }
  return result;
}

const BY_KEY = ['container', 'env', 'labels', 'versions'];

function overlayService(base: Mapping, own: Mapping): Mapping {
  const result: Record<string, unknown> = { ...base, ...own };
  for (const key of BY_KEY) {
    const [below, over] = [base[key], own[key]];
    if (isMapping(below) && isMapping(over)) result[key] = { ...below, ...over };
  }
  // It stands in for the imported container, and has none of what belongs to one.
  if (own['stub'] !== undefined) for (const key of OF_CONTAINERS) withoutImported(result, own, key);
  return result;
}

const OF_CONTAINERS = ['container', 'env', 'port', 'health', 'dependsOn'];

function withoutImported(result: Record<string, unknown>, own: Mapping, key: string): void {
  if (own[key] === undefined) Reflect.deleteProperty(result, key);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where other files say more exactly what a finding is about than the document does. */
export function foreignPlace(
  { path }: Finding,
  tree: Tree,
  imported: Imported | undefined,
): ForeignPlace | undefined {
  const found = imported?.placeOf(path);
  if (!found) return undefined;
  let depth = path.length;
  while (depth > 0 && !nodeAt(tree, path.slice(0, depth))) depth--;
  return found.depth > depth ? found.place : undefined;
}
