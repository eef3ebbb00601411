/** Keys to commands. */
import { useEffect } from 'react';
import { COMMANDS } from './commands/catalogue.ts';
import { select, uiStore } from './ui-store.ts';

const IS_MAC = /mac/i.test(navigator.platform);

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** Whether the keys pressed are the shortcut's. */
export function fits(shortcut: string, press: KeyPress, isMac: boolean): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1);
  const mod = isMac ? press.metaKey : press.ctrlKey;
  if (parts.includes('mod') !== mod) return false;
  // `?` and the like need Shift on most keyboards: only letters say whether they want it.
  if (parts.includes('mod') && parts.includes('shift') !== press.shiftKey) return false;
  return press.key.toLowerCase() === key;
}

/** `Ctrl Z` as it stands on the keys. */
export function shortcutKeys(shortcut: string): string[] {
  const names: Record<string, string> = {
    mod: IS_MAC ? '⌘' : 'Ctrl',
    shift: IS_MAC ? '⇧' : 'Shift',
  };
  return shortcut.split('+').map((part) => names[part] ?? part.toUpperCase());
}

export function useKeyboard(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = isTyping(event.target);
      if (event.key === 'Escape' && !typing && uiStore.getState().dialog === 'none') {
        select({ kind: 'none' });
        return;
      }
      const command = COMMANDS.find(
        ({ shortcut }) => shortcut !== undefined && fits(shortcut, event, IS_MAC),
      );
      if (!command || (typing && !command.shortcut?.startsWith('mod'))) return;
      // A field has an undo of its own.
      if (typing && (command.id === 'undo' || command.id === 'redo')) return;
      event.preventDefault();
      if (command.when?.() ?? true) command.perform();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
