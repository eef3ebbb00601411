/**
 * What is selected in the graph is shown in the text, and the other way round. Whoever selects leads:
 * a selection that came from the text moves nothing in the text.
 */
import { StateEffect, StateField } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';
import { formatRoute, HOME } from '../app/routes.ts';
import type { Selected } from '../app/routes.ts';
import { linkable, select, uiStore } from '../app/ui-store.ts';
import { placeOf, selectionAt, treeOf } from './places.ts';
import type { Span } from './places.ts';

/** From the last movement of the cursor to the selection, in milliseconds. */
const DELAY = 120;

const setSpan = StateEffect.define<Span | undefined>();

/** The lines that speak of what is selected. */
const chosenLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, { changes, effects, newDoc }) {
    const effect = effects.find((one) => one.is(setSpan));
    if (!effect) return lines.map(changes);
    const span = effect.value;
    if (!span) return Decoration.none;
    const first = newDoc.lineAt(Math.min(span.from, newDoc.length)).number;
    // A value ends where the next key begins.
    const last = newDoc.lineAt(Math.min(Math.max(span.from, span.to - 1), newDoc.length)).number;
    const chosen = Decoration.line({ class: 'cm-chosen' });
    const starts = Array.from({ length: last - first + 1 }, (_, i) => newDoc.line(first + i).from);
    return Decoration.set(starts.map((from) => chosen.range(from)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Link {
  readonly #view: EditorView;
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Came from the text. */
  #own: string | undefined;

  constructor(view: EditorView) {
    this.#view = view;
    const shown = (): Selected => linkable(uiStore.getState().selection);
    this.#stop = uiStore.subscribe(({ selection }, before) => {
      if (selection !== before.selection) this.#onSelected(linkable(selection));
    });
    // While the view is being made it cannot be changed.
    queueMicrotask(() => this.#onSelected(shown()));
  }

  update(update: ViewUpdate): void {
    if (!update.transactions.some((one) => one.isUserEvent('select'))) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#onCursor(), DELAY);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }

  #onCursor(): void {
    const { doc, selection } = this.#view.state;
    const found = selectionAt(treeOf(doc.toString()), selection.main.head);
    if (!found || keyOf(found) === keyOf(linkable(uiStore.getState().selection))) return;
    this.#own = keyOf(found);
    select(found);
  }

  #onSelected(selection: Selected): void {
    const span = placeOf(treeOf(this.#view.state.doc.toString()), selection);
    const isOwn = this.#own === keyOf(selection);
    this.#own = undefined;
    const scroll =
      span && !isOwn ? [EditorView.scrollIntoView(span.from, { y: 'start', yMargin: 60 })] : [];
    this.#view.dispatch({
      effects: [setSpan.of(span), ...scroll],
      ...(span && !isOwn && { selection: { anchor: span.from } }),
    });
  }
}

function keyOf(selection: Selected): string {
  return formatRoute({ ...HOME, selection });
}

export const selectionLink: Extension = [chosenLines, ViewPlugin.define((view) => new Link(view))];
