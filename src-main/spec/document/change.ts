/** Changes of a document that are sure to do what was meant, and nothing else. */
import { isDeepStrictEqual } from 'node:util';
import { deleteIn, setIn } from './splice.ts';
import { parseTree } from './tree.ts';
import type { Path, Tree } from './tree.ts';
import type { Value } from './write.ts';

/** The edit does not fit the document: what it speaks of is not there, or cannot be changed alone. */
export class EditError extends Error {}

type Mapping = { [key: string]: unknown };
type Container = Mapping | unknown[];

/** @throws EditError where the text is not YAML. */
export function openTree(text: string): Tree {
  const tree = parseTree(text);
  if (valueOf(tree)) return tree;
  throw new EditError('the document is not YAML; mend it first');
}

/** The document as a plain object of its own, aliases unfolded; undefined where it cannot be read. */
function valueOf({ document, tooDeepAt }: Tree): Mapping | undefined {
  if (document.errors.length > 0 || tooDeepAt !== undefined) return undefined;
  try {
    return plain(document.toJS() ?? {});
  } catch {
    // Aliases of nothing, or within what they stand for.
    return undefined;
  }
}

/** The value of a key of the document's first level. */
export function sectionOf(tree: Tree, key: string): unknown {
  return valueOf(tree)?.[key];
}

/** What stands at the path, aliases unfolded; undefined where nothing does. */
export function openedValue(tree: Tree, path: Path): unknown {
  return path.reduce<unknown>(
    (found, part) => (isContainer(found) ? get(found, part) : undefined),
    valueOf(tree),
  );
}

function plain(value: unknown): Mapping {
  return JSON.parse(JSON.stringify(value)) as Mapping;
}

/** @throws EditError */
export function setValue(tree: Tree, path: Path, value: Value): Tree {
  return verified(tree, setIn(tree, path, value), (document) => assign(document, path, value));
}

/** @throws EditError */
export function removeValue(tree: Tree, path: Path): Tree {
  return verified(tree, deleteIn(tree, path), (document) => remove(document, path));
}

/**
 * The text is changed as text, and anchors, tags and all that YAML allows can make that go wrong: so
 * the result is read again and compared.
 */
function verified(before: Tree, after: Tree, change: (document: Mapping) => void): Tree {
  const meant = valueOf(before) ?? {};
  change(meant);
  if (isDeepStrictEqual(valueOf(after), plain(meant))) return after;
  throw new EditError('this place of the document is shared or unusual; change it in the file');
}

function assign(document: Mapping, path: Path, value: Value): void {
  let at: Container = document;
  path.slice(0, -1).forEach((part, i) => {
    const next = get(at, part);
    // An empty list and an empty mapping are both nothing: the path decides what it becomes.
    if (isContainer(next) && Object.keys(next).length > 0) at = next;
    else at = put(at, part, typeof path[i + 1] === 'number' ? [] : {});
  });
  put(at, path.at(-1) as string | number, value);
}

/** What is empty afterwards goes as well. */
function remove(document: Mapping, path: Path): void {
  const parents = path.slice(0, -1).reduce<unknown[]>(
    (found, part) => {
      const last = found.at(-1);
      return [...found, isContainer(last) ? get(last, part) : undefined];
    },
    [document],
  );
  for (let i = path.length - 1; i >= 0; i--) {
    const parent = parents[i];
    const key = path[i] as string | number;
    if (!isContainer(parent) || !Object.hasOwn(parent, key)) return;
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else Reflect.deleteProperty(parent, key);
    if (Object.keys(parent).length > 0) return;
  }
}

function get(container: Container, key: string | number): unknown {
  return Object.hasOwn(container, key) ? (container as Mapping)[key] : undefined;
}

function put<T>(container: Container, key: string | number, value: T): T {
  (container as Mapping)[key] = value;
  return value;
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
