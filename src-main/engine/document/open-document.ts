/** From the file that was opened to the document: a compose file has one beside it, or gets one. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseTree } from '../../spec/document/tree.ts';
import {
  COMPOSE_NAMES,
  OVERRIDE_NAMES,
  composeDraft,
  isComposeText,
} from '../../convert/import/compose/draft.ts';
import { projectNameOf } from '../../convert/import/compose/service/names.ts';

export interface OpenedDocument {
  /** Of the mesh document: absolute. */
  readonly path: string;
  /** What it holds as long as nobody has changed it: it is written with the first change. */
  readonly draft?: string;
}

const DOCUMENT = 'faultline.yaml';

/**
 * `file`: absolute. Of a compose file, the document is the `faultline.yaml` beside it where that refers
 * to it, or would.
 * @throws the system's error where the file cannot be read.
 */
export function openDocument(file: string): OpenedDocument {
  if (!isComposeText(readFileSync(file, 'utf8'))) return { path: file };
  const folder = dirname(file);
  const usual = join(folder, DOCUMENT);
  const beside = [usual, join(folder, 'faultline.yml')].find((path) => refersTo(path, file));
  if (beside !== undefined) return { path: beside };
  // One that is about something else stays as it is.
  const path = existsSync(usual) ? join(folder, `faultline.${basename(file)}`) : usual;
  if (existsSync(path)) return { path };
  return { path, draft: draftFor([file, ...overridesOf(file)], folder) };
}

/** `files`: absolute, at least one. `folder`: of the document, absolute. */
export function draftFor(files: readonly string[], folder: string): string {
  const [first = folder] = files;
  const relatives = files.map((file) => relative(folder, file).replaceAll('\\', '/'));
  return composeDraft(projectName(first), relatives);
}

/** As compose names it: by the file, or by its folder. */
function projectName(file: string): string {
  const { document } = parseTree(readFileSync(file, 'utf8'));
  const named: unknown = document.get('name');
  return typeof named === 'string' && !named.includes('$')
    ? named
    : projectNameOf(basename(dirname(file)));
}

/** A file with one of compose's own names has the override beside it laid over it. */
function overridesOf(file: string): string[] {
  const folder = dirname(file);
  if (!(COMPOSE_NAMES as readonly string[]).includes(basename(file))) return [];
  const found = OVERRIDE_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  return found === undefined ? [] : [found];
}

/** Whether a mesh document takes services from that compose file. */
function refersTo(document: string, file: string): boolean {
  if (!existsSync(document)) return false;
  const content = contentOf(readFileSync(document, 'utf8'));
  const compose = (content as { compose?: unknown } | null)?.compose;
  const files = (compose as { files?: unknown } | null)?.files ?? compose;
  return [files]
    .flat()
    .some((one) => typeof one === 'string' && resolve(dirname(document), one) === file);
}

/** Undefined where it cannot be read: it is not known to refer to anything. */
function contentOf(text: string): unknown {
  try {
    return parseTree(text).document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
