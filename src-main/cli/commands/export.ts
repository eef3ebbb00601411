/** `faultline export`: the document as another system's configuration. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportMesh } from '../../convert/export/export-mesh.ts';
import type { ExportNote, ExportTarget } from '../../convert/export/result.ts';
import { formatProblem } from '../../spec/document/format.ts';
import { CommandFailed, ExitCode } from '../exit-code.ts';
import { meshPath } from '../mesh-path.ts';
import { paint, print, say } from '../output.ts';
import { readMeshFile } from '../read-mesh-file.ts';

export interface ExportOptions {
  readonly target: ExportTarget;
  readonly out?: string;
  readonly json?: boolean;
}

export function exportCommand(path: string, options: ExportOptions): void {
  const { file, textOf, result } = readMeshFile(meshPath(path));
  if (!result.ok) {
    for (const problem of result.problems) say(formatProblem(problem, textOf(problem.file)));
    throw new CommandFailed(ExitCode.MESH_WRONG, `${file} has errors: nothing was exported`);
  }
  const exported = exportMesh(result.mesh, options.target);
  if (options.out !== undefined) writeFiles(options.out, exported.files);
  else if (options.json) print(JSON.stringify(exported));
  else print(exported.files.map((one) => one.text.trimEnd()).join('\n---\n'));
  if (!options.json) for (const note of exported.notes) if (note.why !== '') say(formatNote(note));
}

function writeFiles(folder: string, files: readonly { name: string; text: string }[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) {
    writeFileSync(join(folder, name), text);
    say(`wrote ${join(folder, name)}`);
  }
}

const MARKS = { exact: 'green', approximated: 'yellow', cannot: 'red' } as const;

function formatNote({ support, subject, why }: ExportNote): string {
  return `${paint(MARKS[support], support.padEnd(12))} ${subject}: ${why}`;
}
