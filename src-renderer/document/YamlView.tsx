/** YAML to read: with folding and search, and nothing to change. */
import { defaultKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { foldGutter, foldKeymap } from '@codemirror/language';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { changesBetween } from './draft.ts';
import { editorTheme } from './editor-theme.ts';

export function YamlView({ label, text }: { label: string; text: string }) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const first = useRef(text);
  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({ parent: place.current, state: stateOf(first.current, label) });
    view.current = made;
    return () => made.destroy();
  }, [label]);
  useEffect(() => {
    // What is folded and where one reads stays.
    const shown = view.current?.state.doc.toString();
    if (shown === undefined || shown === text) return;
    view.current?.dispatch({ changes: changesBetween(shown, text) });
  }, [text]);
  return <div ref={place} style={{ minHeight: 0, overflow: 'hidden' }} data-testid="yaml-view" />;
}

function stateOf(doc: string, label: string): EditorState {
  return EditorState.create({
    doc,
    extensions: [
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({
        'aria-label': label,
        'aria-readonly': 'true',
        tabindex: '0',
      }),
      lineNumbers(),
      EditorView.lineWrapping,
      foldGutter(),
      search({ top: true }),
      yaml(),
      editorTheme,
      keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
    ],
  });
}
