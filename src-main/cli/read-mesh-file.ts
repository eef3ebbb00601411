/** Reads a document for commands that do not run it. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { openDocument } from '../engine/document/open-document.ts';
import { readDocument } from '../engine/document/read-document.ts';
import type { DocumentReading } from '../engine/document/read-document.ts';
import { CommandFailed, ExitCode } from './exit-code.ts';

export interface MeshFile extends Pick<DocumentReading, 'result' | 'textOf'> {
  /** As it stands in messages. */
  readonly file: string;
}

/** `path`: absolute, of a document or a compose file. @throws CommandFailed where it cannot be read. */
export function readMeshFile(path: string): MeshFile {
  const shown = (one: string): string => relative(process.cwd(), one) || one;
  try {
    const { path: document, draft } = openDocument(path);
    const file = shown(document);
    const text = draft ?? readFileSync(document, 'utf8');
    return { file, ...readDocument(text, { path: document, label: file }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandFailed(ExitCode.USAGE, `${shown(path)} cannot be read: ${message}`);
  }
}
