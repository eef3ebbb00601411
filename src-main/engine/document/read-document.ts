/** A document's text with the files that it refers to, as they are on this machine's disk. */
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, relative, resolve } from 'node:path';
import type { ComposeFinding } from '../../convert/import/compose/findings.ts';
import type { Place } from '../../convert/import/compose/node.ts';
import { importCompose } from '../../convert/import/compose/import-compose.ts';
import type { ComposeRequest } from '../../convert/import/compose/import-compose.ts';
import type { ForeignPlace, Imported } from '../../spec/document/imported.ts';
import type { RuntimeChoice } from '../../spec/document/normalize-workload.ts';
import { readMesh } from '../../spec/document/read.ts';
import type { ReadResult } from '../../spec/document/read.ts';
import type { Problem } from '../../spec/problem.ts';
import type { ComposeInput } from '../../spec/schema/compose.ts';

export interface DocumentSource {
  /** Absolute path. */
  readonly path: string;
  /** As it stands in messages; absent: its name. */
  readonly label?: string;
  /** How services run that say nothing of it, instead of what the document says. */
  readonly runtime?: RuntimeChoice | undefined;
}

export interface DocumentReading {
  readonly result: ReadResult;
  /** Files that it was made from besides, there or not: absolute paths. */
  readonly imports: readonly string[];
  /** The text of a file that a problem names. */
  textOf(file: string): string | undefined;
}

/** Never throws: a file that cannot be read is a problem like any other. */
export function readDocument(text: string, source: DocumentSource): DocumentReading {
  const { path, label = basename(path), runtime } = source;
  const folder = dirname(path);
  // Other files are told as the document is: from its folder, or from where the command runs.
  const base = source.label === undefined ? folder : process.cwd();
  const names = new Map<string, string>();
  let imports: readonly string[] = [];
  const name = (file: string): string => {
    const shown = relative(base, file) || file;
    names.set(shown, file);
    return shown;
  };
  const result = readMesh(text, {
    file: label,
    folder,
    folderExists,
    runtime,
    readCompose: (compose) => {
      const { imported, files } = readCompose(compose, folder, name);
      imports = files;
      return imported;
    },
  });
  const textOf = (file: string): string | undefined =>
    file === label ? text : textIn(names.get(file));
  return { result, imports, textOf };
}

export function folderExists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readCompose(
  compose: ComposeInput,
  folder: string,
  name: (file: string) => string,
): { imported: Imported; files: readonly string[] } {
  const project = importCompose(requestOf(compose, folder), {
    files: { read: readFile },
    environment: (variable) => process.env[variable],
    home: homedir(),
  });
  const placed = (place: Place): ForeignPlace => ({ ...place, file: name(place.file) });
  return {
    files: project.files,
    imported: {
      ...project,
      problems: project.findings.map((finding) => problemOf(finding, placed)),
      placeOf: (path) => {
        const found = project.placeOf(path);
        return found && { place: placed(found.place), depth: found.depth };
      },
    },
  };
}

/** Paths in it are relative to the folder of the first compose file, as with compose itself. */
function requestOf(compose: ComposeInput, folder: string): ComposeRequest {
  const long = typeof compose === 'string' || Array.isArray(compose) ? { files: compose } : compose;
  const { files, profiles, envFile, projectName } = long;
  const absolute = (path: string): string => resolve(folder, path);
  const paths = [files].flat().map(absolute);
  return {
    paths,
    folder: dirname(paths[0] ?? folder),
    ...(profiles && { profiles }),
    ...(envFile !== undefined && { envFiles: [envFile].flat().map(absolute) }),
    ...(projectName !== undefined && { projectName }),
  };
}

function problemOf(
  { code, severity, message, advice, place }: ComposeFinding,
  placed: (place: Place) => ForeignPlace,
): Problem {
  return { code, severity, message, ...(advice !== undefined && { advice }), ...placed(place) };
}

function readFile(path: string): { text: string } | { failure: string } {
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { failure: FAILURES[code ?? ''] ?? message };
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
  ENOTDIR: 'it does not exist',
};

function textIn(path: string | undefined): string | undefined {
  const result = path === undefined ? undefined : readFile(path);
  return result && 'text' in result ? result.text : undefined;
}
