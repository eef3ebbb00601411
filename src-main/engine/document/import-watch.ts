/** Watches the files that a document refers to, there or not: which these are changes with them. */
import { watch } from 'chokidar';
import type { FSWatcher } from 'chokidar';
import { SETTLE } from './document-file.ts';

export class ImportWatch {
  readonly #onChange: (path?: string) => void;
  readonly #onError: (error: Error) => void;
  #watcher: FSWatcher | undefined;
  #watched = new Set<string>();

  /** `onChange` without a path: something may have changed before it was watched. */
  constructor(onChange: (path?: string) => void, onError: (error: Error) => void) {
    this.#onChange = onChange;
    this.#onError = onError;
  }

  /** `paths`: absolute; all that is watched from now on. */
  update(paths: readonly string[]): void {
    const wanted = new Set(paths);
    const added = paths.filter((path) => !this.#watched.has(path));
    const gone = [...this.#watched].filter((path) => !wanted.has(path));
    this.#watched = wanted;
    if (gone.length > 0) this.#watcher?.unwatch(gone);
    if (added.length === 0) return;
    if (this.#watcher) this.#watcher.add(added);
    else this.#watcher = this.#start(added);
  }

  async close(): Promise<void> {
    await this.#watcher?.close();
  }

  #start(paths: string[]): FSWatcher {
    const watcher = watch(paths, {
      ignoreInitial: true,
      awaitWriteFinish: { stabilityThreshold: SETTLE, pollInterval: 10 },
    });
    for (const event of ['add', 'change', 'unlink'] as const) {
      watcher.on(event, (path: string) => this.#onChange(path));
    }
    watcher.on('ready', () => this.#onChange());
    watcher.on('error', (error) => this.#onError(error as Error));
    return watcher;
  }
}
