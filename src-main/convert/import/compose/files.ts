/** The files that an import reads: given to it, so that it needs no disk. */

/** What whoever imports lends to it. Paths are absolute. */
export interface ComposeFiles {
  /** The file's text, or why it cannot be read. */
  read(path: string): { readonly text: string } | { readonly failure: string };
}

/** Remembers what was asked for, also in vain: a change of any of it changes the mesh. */
export class ReadFiles implements ComposeFiles {
  readonly #files: ComposeFiles;
  readonly #asked = new Map<string, ReturnType<ComposeFiles['read']>>();

  constructor(files: ComposeFiles) {
    this.#files = files;
  }

  /** In the order that they were asked for. */
  get asked(): string[] {
    return [...this.#asked.keys()];
  }

  read(path: string): ReturnType<ComposeFiles['read']> {
    const known = this.#asked.get(path);
    if (known) return known;
    const result = this.#files.read(path);
    this.#asked.set(path, result);
    return result;
  }
}
