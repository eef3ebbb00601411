/**
 * The document that runs: its text, its meaning, its history. Every change, whoever asks for it, goes
 * through the one queue here, and is refused whole or taken whole.
 */
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { DocumentState, Edit, Forecast, Problem } from '../../api/contract/index.ts';
import { RpcError } from '../../api/contract/index.ts';
import { RpcFailure } from '../../api/rpc-failure.ts';
import { changedLines } from '../../spec/document/changed-lines.ts';
import { EditError, applyEdit, describeEdit, placeOfEdit } from '../../spec/document/edit.ts';
import type { RuntimeChoice } from '../../spec/document/normalize-workload.ts';
import type { ReadResult } from '../../spec/document/read.ts';
import type { Mesh } from '../../spec/mesh.ts';
import { DocumentFile } from './document-file.ts';
import { ImportWatch } from './import-watch.ts';
import { openDocument } from './open-document.ts';
import { readDocument } from './read-document.ts';
import type { DocumentReading } from './read-document.ts';

/** The file cannot be opened as a mesh: what is wrong with it. */
export class MeshRefused extends Error {
  readonly problems: Problem[];
  /** The text of a file that a problem names. */
  readonly textOf: (file: string) => string | undefined;

  constructor(problems: Problem[], textOf: (file: string) => string | undefined) {
    super(problems.map(({ message }) => message).join('; '));
    this.problems = problems;
    this.textOf = textOf;
  }
}

export interface DocumentEvents {
  /** Makes the mesh run; problems mean that it does not, and the one before still does. */
  apply(mesh: Mesh): Promise<Problem[]>;
  /** The document's state has changed. */
  onState(): void;
  /** For the timeline. */
  onEvent(severity: 'info' | 'warning' | 'error', message: string): void;
}

export interface DocumentOptions {
  /** Absolute path: of a mesh document or of a compose file. */
  readonly file: string;
  /** How services run that say nothing of it, instead of what the document says. */
  readonly runtime?: RuntimeChoice | undefined;
}

/** Texts that undo can go back to. */
const MOST_UNDO = 200;

export class DocumentStore {
  readonly #file: DocumentFile;
  readonly #events: DocumentEvents;
  readonly #options: DocumentOptions;
  #text: string;
  #mesh: Mesh;
  #content: DocumentState['content'];
  #problems: Problem[];
  #version = 1;
  #undo: string[] = [];
  #redo: string[] = [];
  /** What the file holds where that was refused: it must not be overwritten. */
  #refusedText: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #stopWatching: (() => Promise<void>) | undefined;
  readonly #imports: ImportWatch;
  /** What the document was made from besides. */
  #importedFiles: readonly string[];
  #watches = false;

  /** @throws MeshRefused, or the system's error where the file cannot be read. */
  constructor(options: DocumentOptions, events: DocumentEvents) {
    this.#options = options;
    const { path, draft } = openDocument(options.file);
    this.#file = new DocumentFile(path, draft);
    this.#events = events;
    this.#imports = new ImportWatch(
      (file) => void this.#enqueue(() => this.#onImportChanged(file)),
      (error) => this.#onUnreadable(error),
    );
    this.#text = this.#file.read();
    const { result, imports, textOf } = this.#readText(this.#text);
    if (!result.ok) throw new MeshRefused(result.problems, textOf);
    this.#importedFiles = imports;
    this.#mesh = result.mesh;
    this.#content = result.content;
    this.#problems = result.warnings;
  }

  get mesh(): Mesh {
    return this.#mesh;
  }

  get path(): string {
    return this.#file.path;
  }

  get text(): string {
    return this.#text;
  }

  state(): DocumentState {
    return {
      path: this.#file.path,
      text: this.#text,
      version: this.#version,
      mesh: this.#mesh,
      content: this.#content,
      problems: this.#problems,
      ...(this.#refusedText !== undefined && { refused: this.#refusedText }),
      canUndo: this.#undo.length > 0,
      canRedo: this.#redo.length > 0,
    };
  }

  watch(): void {
    this.#watches = true;
    this.#imports.update(this.#importedFiles);
    this.#stopWatching = this.#file.watch(
      () => void this.#enqueue(() => this.#onFileChanged()),
      (error) => this.#onUnreadable(error),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#stopWatching?.(), this.#imports.close()]);
    await this.#queue;
  }

  /** All that is wrong with a text, and its warnings. Nothing is changed. */
  checkText(text: string): Problem[] {
    return problemsOf(this.#readText(text).result);
  }

  /**
   * `base`: the version that the edit was made on; `newest` of an edit that says all that it wants.
   * @throws RpcFailure STALE or REFUSED
   */
  edit(base: number | 'newest', edit: Edit): Promise<number> {
    return this.#enqueue(async () => {
      if (base !== 'newest' && base !== this.#version) {
        const message = `the edit was made on version ${base}; the document is at ${this.#version}`;
        throw new RpcFailure(RpcError.STALE, message, { version: this.#version });
      }
      const instead = edit.kind === 'replace-text' ? edit.instead : undefined;
      await this.#change(this.#applied(edit), describeEdit(edit), instead);
      return this.#version;
    });
  }

  /** What an edit would do; ports are not tried. @throws RpcFailure REFUSED where it does not fit */
  checkEdit(edit: Edit): Forecast {
    const text = this.#applied(edit);
    const { result: known } = this.#readText(this.#text);
    return {
      problems: problemsOf(this.#readText(text).result),
      known: known.ok ? known.warnings : [],
      path: [...placeOfEdit(this.#text, edit)],
      change: changedLines(this.#text, text),
    };
  }

  /** @throws RpcFailure UNKNOWN where there is nothing to undo, or REFUSED */
  undo(): Promise<number> {
    return this.#enqueue(() => this.#travel(this.#undo, this.#redo, 'undone'));
  }

  redo(): Promise<number> {
    return this.#enqueue(() => this.#travel(this.#redo, this.#undo, 'done again'));
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(task);
    // The queue goes on whatever becomes of one task; who asked for it is told.
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #readText(text: string): DocumentReading {
    return readDocument(text, { path: this.#file.path, runtime: this.#options.runtime });
  }

  #applied(edit: Edit): string {
    try {
      return applyEdit(this.#text, edit);
    } catch (error) {
      if (error instanceof EditError)
        throw new RpcFailure(RpcError.REFUSED, error.message, { problems: [] });
      throw error;
    }
  }

  /** `instead`: the text of the file that it may overwrite, though that was refused. */
  async #change(text: string, what: string, instead?: string): Promise<void> {
    const isBroken = this.#refusedText !== undefined;
    if (text === this.#text && !isBroken) return;
    if (isBroken && instead !== this.#refusedText) this.#refuseWhileFileIsBroken();
    if (text === this.#text) {
      this.#file.write(text);
      return this.#mended();
    }
    const before = this.#text;
    await this.#adopt(text);
    this.#remember(before);
    this.#file.write(text);
    this.#events.onEvent('info', what);
  }

  async #travel(from: string[], to: string[], what: string): Promise<number> {
    const text = from.at(-1);
    if (text === undefined)
      throw new RpcFailure(RpcError.UNKNOWN, 'there is nothing to go back to');
    this.#refuseWhileFileIsBroken();
    const before = this.#text;
    await this.#adopt(text);
    from.pop();
    to.push(before);
    this.#file.write(text);
    this.#events.onState();
    this.#events.onEvent('info', `a change of the document was ${what}`);
    return this.#version;
  }

  #remember(text: string): void {
    this.#undo.push(text);
    if (this.#undo.length > MOST_UNDO) this.#undo.shift();
    this.#redo = [];
    this.#events.onState();
  }

  /** Makes the text the one that runs. @throws RpcFailure REFUSED, and nothing has changed. */
  async #adopt(text: string): Promise<void> {
    const { result, imports } = this.#readText(text);
    // What is missing may come, and then the text may do.
    this.#follow(imports);
    if (!result.ok) throw refused(result.problems);
    const problems = await this.#events.apply(result.mesh);
    if (problems.length > 0) throw refused(problems);
    this.#text = text;
    this.#mesh = result.mesh;
    this.#content = result.content;
    this.#problems = result.warnings;
    this.#refusedText = undefined;
    this.#version++;
    this.#events.onState();
  }

  /**
   * Reads the file in its turn of the queue: what it held when the change was seen may be what an edit
   * wrote, which the next edit has long replaced.
   */
  async #onFileChanged(): Promise<void> {
    let text: string;
    try {
      text = this.#file.read();
    } catch (error) {
      return this.#onUnreadable(error as Error);
    }
    await this.#onText(text);
  }

  #follow(imports: readonly string[]): void {
    this.#importedFiles = imports;
    if (this.#watches) this.#imports.update(imports);
  }

  /** The text is the same and may mean something else; a text that was refused may do now. */
  async #onImportChanged(path?: string): Promise<void> {
    if (this.#refusedText !== undefined) return this.#onText(this.#refusedText);
    const { result } = this.#readText(this.#text);
    const isSame =
      result.ok &&
      isDeepStrictEqual(result.mesh, this.#mesh) &&
      isDeepStrictEqual(result.warnings, this.#problems);
    if (isSame) return;
    const name = path === undefined ? 'the compose file' : basename(path);
    try {
      await this.#adopt(this.#text);
      this.#events.onEvent('info', `${name} was saved and is applied`);
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error;
      this.#tellRefusal(`${name}, as it was saved,`, error);
    }
  }

  #onUnreadable({ message }: Error): void {
    this.#events.onEvent('warning', `the document cannot be watched: ${message}`);
  }

  async #onText(text: string): Promise<void> {
    if (text === this.#text) {
      if (this.#refusedText !== undefined) this.#mended();
      return;
    }
    const before = this.#text;
    try {
      await this.#adopt(text);
      this.#remember(before);
      this.#events.onEvent('info', 'the document was saved and is applied');
    } catch (error) {
      if (!(error instanceof RpcFailure)) throw error;
      this.#refusedText = text;
      this.#tellRefusal('the saved document', error);
    }
  }

  #tellRefusal(what: string, { data, message }: RpcFailure): void {
    const { problems } = data as { problems: Problem[] };
    // A file that is written in steps may be refused for the same reason more than once.
    if (isDeepStrictEqual(problems, this.#problems)) return;
    this.#problems = problems;
    this.#events.onState();
    const first = problems.find(({ severity }) => severity === 'error');
    const where = first ? `${first.file}:${first.line}:${first.column}: ` : '';
    this.#events.onEvent('error', `${what} is refused: ${where}${message}`);
  }

  /** The file is again what runs. */
  #mended(): void {
    this.#refusedText = undefined;
    this.#problems = problemsOf(this.#readText(this.#text).result);
    this.#events.onState();
    this.#events.onEvent('info', 'the document on disk is again the one that runs');
  }

  #refuseWhileFileIsBroken(): void {
    if (this.#refusedText === undefined) return;
    const message =
      'the file on disk has errors that an edit would overwrite: mend or restore it first';
    throw new RpcFailure(RpcError.REFUSED, message, { problems: this.#problems });
  }
}

function refused(problems: Problem[]): RpcFailure {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const message = errors.map((problem) => problem.message).join('; ');
  return new RpcFailure(RpcError.REFUSED, message, { problems });
}

/** All that is to be said of a text. */
function problemsOf(result: ReadResult): Problem[] {
  return result.ok ? result.warnings : result.problems;
}
