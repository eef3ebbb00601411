/** `faultline import compose`: a mesh document that refers to compose files. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { COMPOSE_NAMES } from '../../convert/import/compose/draft.ts';
import { draftFor } from '../../engine/document/open-document.ts';
import { readDocument } from '../../engine/document/read-document.ts';
import { formatProblem } from '../../spec/document/format.ts';
import { CommandFailed, ExitCode } from '../exit-code.ts';
import { print, say } from '../output.ts';

export interface ImportOptions {
  /** Where the document is written; absent: it is printed, as if it stood in the first file's folder. */
  readonly out?: string;
  readonly force?: boolean;
}

/** What could not be taken over is told with its file, line and why. */
export function importComposeCommand(files: readonly string[], options: ImportOptions): void {
  const paths = files.map(composePath);
  const out = resolve(options.out ?? resolve(dirname(paths[0] ?? ''), 'faultline.yaml'));
  const text = draftFor(paths, dirname(out));
  const { result, textOf } = readDocument(text, { path: out, label: shown(out) });
  const problems = result.ok ? result.warnings : result.problems;
  for (const problem of problems) say(formatProblem(problem, textOf(problem.file)));
  if (!result.ok) {
    throw new CommandFailed(ExitCode.MESH_WRONG, `${files.join(', ')} cannot be run as they are`);
  }
  if (options.out === undefined) print(text.trimEnd());
  else write(out, text, options.force ?? false);
}

/** A file, or a folder with one of compose's names in it. @throws CommandFailed where there is none. */
function composePath(given: string): string {
  const path = resolve(given);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new CommandFailed(ExitCode.USAGE, `${given} does not exist`);
  if (!stat.isDirectory()) return path;
  const found = COMPOSE_NAMES.map((name) => resolve(path, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new CommandFailed(ExitCode.USAGE, `there is no ${COMPOSE_NAMES[0]} in ${given}`);
}

function write(out: string, text: string, force: boolean): void {
  if (existsSync(out) && !force) {
    const message = `${shown(out)} is there already: choose another name, or add --force`;
    throw new CommandFailed(ExitCode.USAGE, message);
  }
  writeFileSync(out, text);
  say(`wrote ${shown(out)}`);
}

function shown(path: string): string {
  return relative(process.cwd(), path) || path;
}
