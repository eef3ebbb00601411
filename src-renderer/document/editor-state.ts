/** The editor's parts: YAML, help, checks, keys. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
} from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, Text } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { engineChecks } from './diagnostics.ts';
import { editorTheme } from './editor-theme.ts';
import { schemaHelp } from './help.ts';
import { selectionLink } from './selection-link.ts';

export interface EditorEvents {
  readonly extensions: Extension;
  /** Ctrl-S, Cmd-S. */
  onApply(): void;
  onChanged(): void;
}

export function createState(text: string, events: EditorEvents): EditorState {
  // Split by hand: a `\r` stays where it is.
  return EditorState.create({ doc: Text.of(text.split('\n')), extensions: extensions(events) });
}

function extensions({ extensions: given, onApply, onChanged }: EditorEvents): Extension {
  const apply = (): boolean => {
    onApply();
    return true;
  };
  return [
    EditorState.lineSeparator.of('\n'),
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    lineNumbers(),
    foldGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    dropCursor(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    EditorView.lineWrapping,
    search({ top: true }),
    yaml(),
    schemaHelp,
    engineChecks,
    selectionLink,
    editorTheme,
    EditorView.contentAttributes.of({ 'aria-label': 'Mesh document', tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChanged();
    }),
    // Tab is left out: it moves on to the next part of the page.
    keymap.of([
      { key: 'Mod-s', run: apply, preventDefault: true },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
    ]),
    given,
  ];
}
