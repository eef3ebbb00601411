/** The editor in the app's colours: every value is a token, so that themes change it by themselves. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--text)', background: 'var(--surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--accent)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { background: 'color-mix(in srgb, var(--accent) 24%, transparent)' },
  '.cm-gutters': {
    border: '0',
    background: 'var(--surface)',
    color: 'var(--muted)',
  },
  '.cm-activeLineGutter': { background: 'transparent', color: 'var(--text)' },
  '.cm-activeLine': { background: 'color-mix(in srgb, var(--sunken) 70%, transparent)' },
  '.cm-chosen': { boxShadow: 'inset 2px 0 0 var(--accent)', background: 'var(--accent-soft)' },
  '.cm-tooltip': {
    maxWidth: '440px',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius-m)',
    background: 'var(--raised)',
    color: 'var(--text)',
    boxShadow: 'var(--shadow-high)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 10px', font: '400 12px/1.45 var(--font)' },
  '.cm-tooltip-autocomplete > ul': { font: '400 12px/1.5 var(--mono)', maxHeight: '240px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 10px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent-soft)',
    color: 'var(--text)',
  },
  '.cm-completionDetail': { marginLeft: '12px', color: 'var(--muted)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { color: 'var(--accent)', textDecoration: 'none' },
  '.cm-diagnostic': {
    padding: '6px 10px',
    borderLeftWidth: '3px',
    font: '400 12px/1.45 var(--font)',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-lintRange-error': wave('var(--bad)'),
  '.cm-lintRange-warning': wave('var(--warn)'),
  '.cm-panels': { background: 'var(--raised)', color: 'var(--text)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 10px', font: '400 12px/1.4 var(--font)' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '4px' },
  '.cm-textfield, .cm-button': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius-s)',
    background: 'var(--sunken)',
    backgroundImage: 'none',
    color: 'var(--text)',
  },
  '.cm-searchMatch': { background: 'var(--warn-soft)', outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { background: 'var(--accent-soft)' },
  '.cm-foldPlaceholder': {
    border: '0',
    background: 'var(--accent-soft)',
    color: 'var(--accent)',
    padding: '0 6px',
  },
  '.cm-changedLine': { background: 'var(--ok-soft) !important' },
  '.cm-deletedChunk': { background: 'var(--bad-soft) !important' },
  '.cm-chunkButtons button': { background: 'var(--raised)', color: 'var(--text)' },
});

function wave(colour: string): Record<string, string> {
  return { backgroundImage: 'none', textDecoration: `underline wavy ${colour} 1px` };
}

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
  {
    tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.typeName],
    color: 'var(--injected)',
  },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation, tags.bracket], color: 'var(--muted)' },
  { tag: [tags.labelName, tags.meta], color: 'var(--warn)' },
]);

export const editorTheme: Extension = [theme, syntaxHighlighting(colours)];
