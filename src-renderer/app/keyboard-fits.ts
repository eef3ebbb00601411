/** Whether keys are a shortcut's. Pure. */

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** `mod+shift+z` as its keys; a bare `+` is a key itself. */
export function partsOf(shortcut: string): string[] {
  return shortcut === '+' ? ['+'] : shortcut.split('+');
}

/** Whether the keys pressed are the shortcut's. */
export function fits(shortcut: string, press: KeyPress, isMac: boolean): boolean {
  const parts = partsOf(shortcut);
  const key = parts.at(-1);
  const mod = isMac ? press.metaKey : press.ctrlKey;
  if (parts.includes('mod') !== mod) return false;
  // `?` and the like need Shift on most keyboards: only letters say whether they want it.
  if (parts.includes('mod') && parts.includes('shift') !== press.shiftKey) return false;
  return press.key.toLowerCase() === key;
}
