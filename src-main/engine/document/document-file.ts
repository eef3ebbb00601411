/** The document on disk: reading, writing without a moment of half a file, and watching. */
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { watch } from 'chokidar';

/** Editors write in steps; a file that is still growing is not read. Milliseconds. */
export const SETTLE = 40;

export class DocumentFile {
  readonly path: string;

  readonly #draft: string | undefined;

  /** `path`: absolute. `draft`: what it holds as long as there is no such file. */
  constructor(path: string, draft?: string) {
    this.path = path;
    this.#draft = draft;
  }

  /** @throws the system's error (ENOENT, EACCES, EISDIR). */
  read(): string {
    if (this.#draft !== undefined && !existsSync(this.path)) return this.#draft;
    return readFileSync(this.path, 'utf8');
  }

  /** Whole or not at all, with the permissions it had. @throws the system's error. */
  write(text: string): void {
    const isNew = this.#draft !== undefined && !existsSync(this.path);
    const mode = isNew ? 0o644 : statSync(this.path).mode;
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
