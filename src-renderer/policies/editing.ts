/** Which rule is being changed in the side panel. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Place, Written } from '../../src-main/api/contract/index.ts';
import { showScreen, uiStore } from '../app/ui-store.ts';
import type { Selection } from '../app/ui-store.ts';
import type { RuleKind } from './rules.ts';

export interface Editing {
  readonly kind: RuleKind;
  readonly place: Place;
  /** What the form begins with. */
  readonly value: Written;
  /** What stands there; undefined for a rule that is new. */
  readonly was: Written | undefined;
  /** Of a rule that is one of several under its kind: `requestHeaders`. */
  readonly name?: string | undefined;
  readonly within?: string | undefined;
  /** The called service. */
  readonly to: string;
  readonly from?: string | undefined;
}

const store = createStore<{ readonly editing: Editing | undefined }>(() => ({
  editing: undefined,
}));

export function useEditing(): Editing | undefined {
  return useStore(store, ({ editing }) => editing);
}

export function startEditing(editing: Editing): void {
  store.setState({ editing });
}

export function stopEditing(): void {
  store.setState({ editing: undefined });
}

/** Goes where the rule is, and opens it. */
export function jumpTo(selection: Selection, editing: Editing): void {
  showScreen('mesh', selection);
  startEditing(editing);
}

// Whoever selects something else has left the form.
uiStore.subscribe((now, before) => {
  if (now.selection !== before.selection) stopEditing();
});
