/** Reads a document for commands that do not run it. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { readMesh } from '../spec/document/read.ts';
import type { ReadResult } from '../spec/document/read.ts';
import { CommandFailed, ExitCode } from './exit-code.ts';

export interface MeshFile {
  /** As it stands in messages. */
  readonly file: string;
  readonly text: string;
  readonly result: ReadResult;
}

/** `path`: absolute. @throws CommandFailed where the file cannot be read. */
export function readMeshFile(path: string): MeshFile {
  const file = relative(process.cwd(), path) || path;
  const text = readText(path, file);
  const folderExists = (folder: string): boolean =>
    statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return { file, text, result: readMesh(text, { file, folder: dirname(path), folderExists }) };
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandFailed(ExitCode.USAGE, `${file} cannot be read: ${(error as Error).message}`);
  }
}
