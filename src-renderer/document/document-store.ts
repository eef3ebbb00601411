/** What the rest of the app knows of the text in the editor. */
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../src-main/api/contract/index.ts';

export interface DocumentView {
  /** The text differs from the document that runs. */
  readonly dirty: boolean;
  /** The document was changed elsewhere, in lines that were changed here. */
  readonly conflict: boolean;
  /** The file holds a text that was refused: it is the one in the editor, or another one. */
  readonly refused: 'shown' | 'aside' | undefined;
  /** The differences between the two are shown in the text. */
  readonly comparing: boolean;
  readonly applying: boolean;
  /** Of the text in the editor, not of the document that runs. */
  readonly problems: readonly Problem[];
  /** The engine could not be asked. */
  readonly unchecked: boolean;
}

export const documentStore = createStore<DocumentView>(() => ({
  dirty: false,
  conflict: false,
  refused: undefined,
  comparing: false,
  applying: false,
  problems: [],
  unchecked: false,
}));
