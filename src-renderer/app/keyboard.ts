/** Keys to commands. */
import { useEffect } from 'react';
import { COMMANDS } from './commands/catalogue.ts';
import { fits, partsOf } from './keyboard-fits.ts';
import { select, showScreen, uiStore } from './ui-store.ts';
import { tourStore } from './tour/tour-store.ts';

const IS_MAC = /mac/i.test(navigator.platform);

/** `Ctrl Z` as it stands on the keys. */
export function shortcutKeys(shortcut: string): string[] {
  const names: Record<string, string> = {
    mod: IS_MAC ? '⌘' : 'Ctrl',
    shift: IS_MAC ? '⇧' : 'Shift',
    space: 'Space',
    tab: 'Tab',
    enter: 'Enter',
    escape: 'Esc',
  };
  return partsOf(shortcut).map((part) => names[part] ?? part.toUpperCase());
}

export function useKeyboard(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // Whoever has handled the key, and the tour, which is closed by it.
      if (event.defaultPrevented || tourStore.getState().step !== undefined) return;
      const typing = isTyping(event.target);
      if (event.key === 'Escape' && !typing && uiStore.getState().dialog === 'none') {
        goBack();
        return;
      }
      const command = COMMANDS.find(
        ({ shortcut }) => shortcut !== undefined && fits(shortcut, event, IS_MAC),
      );
      if (!command) return;
      // In a field a letter is a letter, and a dialog is not there to act on what is behind it.
      const busy = typing || uiStore.getState().dialog !== 'none';
      if (busy && !command.shortcut?.startsWith('mod')) return;
      // A field has an undo of its own.
      if (typing && (command.id === 'undo' || command.id === 'redo')) return;
      event.preventDefault();
      if (command.when?.() ?? true) command.perform();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** From a page of a service to the graph; there, from what is selected to nothing. */
function goBack(): void {
  const { screen } = uiStore.getState();
  if (screen === 'service' || screen === 'timeline') showScreen('mesh');
  else select({ kind: 'none' });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
