/** The document on disk: reading, writing without a moment of half a file, and watching. */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { watch } from 'chokidar';

/** Editors write in steps; a file that is still growing is not read. Milliseconds. */
const SETTLE = 40;

export class DocumentFile {
  readonly path: string;

  /** `path`: absolute. */
  constructor(path: string) {
    this.path = path;
  }

  /** @throws the system's error (ENOENT, EACCES, EISDIR). */
  read(): string {
    return readFileSync(this.path, 'utf8');
  }

  /** Whole or not at all, with the permissions it had. @throws the system's error. */
  write(text: string): void {
    const { mode } = statSync(this.path);
    const draft = join(dirname(this.path), `.${basename(this.path)}.${process.pid}.tmp`);
    try {
      writeFileSync(draft, text, { mode });
      renameSync(draft, this.path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }

  /** Calls `onChange` after every change of the file, whoever made it. */
  watch(onChange: () => void, onError: (error: Error) => void): () => Promise<void> {
    const watcher = watch(this.path, {
      ignoreInitial: true,
      awaitWriteFinish: { stabilityThreshold: SETTLE, pollInterval: 10 },
    });
    watcher.on('change', onChange);
    // Many editors save by renaming a new file over the old one.
    watcher.on('add', onChange);
    watcher.on('error', (error) => onError(error as Error));
    return () => watcher.close();
  }
}
