/**
 * The text that is written in the editor and the document that runs, in step. There is one for as
 * long as the page lives, so that leaving the screen loses neither text, cursor nor undo.
 */
import type { ChangeSet } from '@codemirror/state';
import { goToNextChunk, unifiedMergeView } from '@codemirror/merge';
import { Compartment, Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { RpcError } from '../../src-main/api/contract/index.ts';
import type { DocumentState, Problem } from '../../src-main/api/contract/index.ts';
import { showToast } from '../app/toasts.ts';
import { EngineError } from '../engine/client.ts';
import { ask } from '../engine/session.ts';
import { engineStore } from '../engine/store.ts';
import { offsetOf } from './diagnostics.ts';
import { documentStore } from './document-store.ts';
import { changesBetween, isDirty, takeIn } from './draft.ts';
import { createState } from './editor-state.ts';

type Version = Pick<DocumentState, 'text' | 'version'>;

export class EditorSession {
  readonly view: EditorView;
  readonly #comparison = new Compartment();
  /** The document when it was last the same as here. */
  #base: Version;
  /** What has been sent and not yet answered. */
  #sent: string | undefined;
  /** Newer than the base, and not taken in. */
  #theirs: Version | undefined;
  /** What the file holds, where that was refused. */
  #refused: string | undefined;
  /** The text here is that one, or was made of it. */
  #showsRefused = false;

  constructor(document: DocumentState) {
    this.#base = document;
    this.view = new EditorView({
      state: createState(document.text, {
        extensions: this.#comparison.of([]),
        onApply: () => void this.apply(),
        onChanged: () => this.#tell(),
      }),
    });
    engineStore.subscribe(({ state }, before) => {
      if (state && state.document !== before.state?.document) this.#onDocument(state.document);
    });
    this.#onRefusedFile(document);
  }

  get #text(): string {
    return this.view.state.doc.toString();
  }

  /** Makes the text the document that runs. */
  async apply(): Promise<void> {
    const text = this.#text;
    if (this.#theirs) {
      showToast('error', 'The document was changed elsewhere: choose which text is to be kept.');
      return;
    }
    if (this.#sent !== undefined || text === this.#base.text) return;
    await this.#send(text);
  }

  /** Puts the document that runs into the file again, instead of the text there that was refused. */
  async restoreFile(): Promise<void> {
    this.#showsRefused = true;
    await this.#send(this.#base.text);
  }

  /** Takes the text of the file into the editor: what is wrong with it is shown where it is. */
  showRefused(): void {
    if (this.#refused === undefined) return;
    this.#showsRefused = true;
    this.propose(this.#refused);
    this.#tell();
  }

  async #send(text: string): Promise<void> {
    this.#sent = text;
    documentStore.setState({ applying: true });
    try {
      const instead = this.#showsRefused ? this.#refused : undefined;
      const of = instead === undefined ? {} : { instead };
      const edit = { kind: 'replace-text', text, ...of } as const;
      const { version } = await ask('edit', { base: this.#base.version, edit });
      if (version > this.#base.version) this.#base = { text, version };
      showToast('info', 'The document is applied.');
    } catch (error) {
      this.#onRefused(error);
    } finally {
      this.#sent = undefined;
      documentStore.setState({ applying: false });
      this.#tell();
    }
  }

  /** Back to the document that runs; undo brings the text back. */
  revert(): void {
    const theirs = this.#theirs ?? this.#base;
    this.#settle(theirs);
    this.view.dispatch({ changes: changesBetween(this.#text, theirs.text), userEvent: 'revert' });
    this.#showsRefused = false;
    this.#tell();
  }

  /** The text here stands, whatever was changed elsewhere: to be applied on top of it. */
  keepMine(): void {
    if (this.#theirs) this.#settle(this.#theirs);
    this.#tell();
  }

  /** Shows what differs from the document that runs, each difference with a choice. */
  compare(): void {
    const original = (this.#theirs ?? this.#base).text;
    this.view.dispatch({
      effects: this.#comparison.reconfigure(unifiedMergeView({ original, gutter: false })),
    });
    documentStore.setState({ comparing: true });
    goToNextChunk(this.view);
  }

  endComparison(): void {
    this.view.dispatch({ effects: this.#comparison.reconfigure([]) });
    documentStore.setState({ comparing: false });
  }

  /** Puts another text into the editor, to be looked at and applied. */
  propose(text: string): void {
    this.view.dispatch({ changes: changesBetween(this.#text, text), userEvent: 'input.paste' });
  }

  goTo(place: Pick<Problem, 'line' | 'column'>): void {
    this.#look(place);
    this.view.focus();
  }

  #look({ line, column }: Pick<Problem, 'line' | 'column'>): void {
    const anchor = offsetOf(this.view.state.doc, line, column);
    this.view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
  }

  #onDocument(document: DocumentState): void {
    this.#onRefusedFile(document);
    const { text, version } = document;
    if (version === this.#base.version) return;
    if (text === this.#sent) {
      this.#base = { text, version };
      return this.#tell();
    }
    const draft = { base: this.#base.text, version: this.#base.version, mine: this.#text };
    const taken = takeIn(draft, text, version);
    if (taken.kind === 'conflict') this.#theirs = { text, version };
    else {
      this.#settle({ text, version });
      this.#takeChanges(taken.changes);
    }
    this.#tell();
  }

  /** While nothing else is written here, the editor shows what is wrong with the file. */
  #onRefusedFile({ refused, problems }: DocumentState): void {
    if (refused === this.#refused) return;
    const isUntouched = [this.#base.text, this.#refused].includes(this.#text);
    this.#refused = refused;
    if (isUntouched) this.#takeChanges(changesBetween(this.#text, refused ?? this.#base.text));
    this.#showsRefused = refused !== undefined && isUntouched;
    const [first] = problems;
    if (this.#showsRefused && first) this.#look(first);
    this.#tell();
  }

  /** Undo here is for what was typed here. */
  #takeChanges(changes: ChangeSet): void {
    if (changes.empty) return;
    this.view.dispatch({
      changes,
      annotations: [Transaction.addToHistory.of(false), Transaction.remote.of(true)],
    });
  }

  #settle(to: Version): void {
    this.#base = to;
    this.#theirs = undefined;
    if (documentStore.getState().comparing) this.endComparison();
  }

  #onRefused(error: unknown): void {
    if (!(error instanceof EngineError)) {
      showToast('error', error instanceof Error ? error.message : String(error));
      return;
    }
    if (error.code === RpcError.STALE) {
      showToast('error', 'The document was changed in the same moment: look, and apply again.');
      return;
    }
    const { problems = [] } = (error.data ?? {}) as { problems?: Problem[] };
    const first = problems.find(({ severity }) => severity === 'error');
    showToast(
      'error',
      `Not applied: ${first ? `line ${first.line}: ${first.message}` : error.message}`,
    );
    if (first) this.goTo(first);
  }

  #tell(): void {
    const dirty = isDirty({ base: this.#base.text, version: 0, mine: this.#text });
    const shown = this.#showsRefused ? ('shown' as const) : ('aside' as const);
    const refused = this.#refused === undefined ? undefined : shown;
    documentStore.setState({ dirty, conflict: this.#theirs !== undefined, refused });
  }
}

let session: EditorSession | undefined;

/** The one session; made when it is first asked for. @throws Error before the engine told its state */
export function editorSession(): EditorSession {
  if (session) return session;
  const { state } = engineStore.getState();
  if (!state) throw new Error('there is no document yet');
  return (session = new EditorSession(state.document));
}
