/**
 * The document that runs: its text, its meaning, its history. Every change, whoever asks for it, goes
 * through the one queue here, and is refused whole or taken whole.
 */
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { DocumentState, Edit, Forecast, Problem } from '../../api/contract/index.ts';
import { RpcError } from '../../api/contract/index.ts';
import { RpcFailure } from '../../api/rpc-failure.ts';
import { changedLines } from '../../spec/document/changed-lines.ts';
import { EditError, applyEdit, describeEdit, placeOfEdit } from '../../spec/document/edit.ts';
import type { RuntimeChoice } from '../../spec/document/normalize-workload.ts';
import { readMesh } from '../../spec/document/read.ts';
import type { Mesh } from '../../spec/mesh.ts';
import { DocumentFile } from './document-file.ts';

/** The file cannot be opened as a mesh: what is wrong with it. */
export class MeshRefused extends Error {
  readonly problems: Problem[];
  readonly text: string;

  constructor(problems: Problem[], text: string) {
    super(problems.map(({ message }) => message).join('; '));
    this.problems = problems;
    this.text = text;
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
  /** Absolute path. */
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

  /** @throws MeshRefused, or the system's error where the file cannot be read. */
  constructor(options: DocumentOptions, events: DocumentEvents) {
    this.#options = options;
    this.#file = new DocumentFile(options.file);
    this.#events = events;
    this.#text = this.#file.read();
    const result = this.#readText(this.#text);
    if (!result.ok) throw new MeshRefused(result.problems, this.#text);
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
    this.#stopWatching = this.#file.watch(
      () => void this.#enqueue(() => this.#onFileChanged()),
      (error) => this.#onUnreadable(error),
    );
  }

  async close(): Promise<void> {
    await this.#stopWatching?.();
    await this.#queue;
  }

  /** All that is wrong with a text, and its warnings. Nothing is changed. */
  checkText(text: string): Problem[] {
    const result = this.#readText(text);
    return result.ok ? result.warnings : result.problems;
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
    const result = this.#readText(text);
    const known = this.#readText(this.#text);
    return {
      problems: result.ok ? result.warnings : result.problems,
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

  #readText(text: string): ReturnType<typeof readMesh> {
    return readMesh(text, {
      file: basename(this.#file.path),
      folder: dirname(this.#file.path),
      runtime: this.#options.runtime,
      folderExists: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
    });
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
    const result = this.#readText(text);
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
      this.#problems = (error.data as { problems: Problem[] }).problems;
      this.#events.onState();
      const first = this.#problems[0];
      const where = first ? `${first.file}:${first.line}:${first.column}: ` : '';
      this.#events.onEvent('error', `the saved document is refused: ${where}${error.message}`);
    }
  }

  /** The file is again what runs. */
  #mended(): void {
    this.#refusedText = undefined;
    const result = this.#readText(this.#text);
    this.#problems = result.ok ? result.warnings : result.problems;
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
  const message = problems.map((problem) => problem.message).join('; ');
  return new RpcFailure(RpcError.REFUSED, message, { problems });
}
