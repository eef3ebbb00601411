/** The app's commands as the page tells them, and as menus show them. Pure. */
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../api/contract/shell.ts';

const MENUS: readonly MenuCommand['menu'][] = ['mesh', 'view', 'go', 'help'];
const MOST = 100;
const LONGEST = 120;

/** What of the page's text are commands; a page that says nonsense gets no menu for it. */
export function readCommands(json: string): MenuCommand[] {
  let found: unknown;
  try {
    found = JSON.parse(json);
  } catch {
    return [];
  }
  return Array.isArray(found) ? found.slice(0, MOST).filter(isCommand) : [];
}

function isCommand(one: unknown): one is MenuCommand {
  const { id, label, menu, shortcut, enabled } = (one ?? {}) as Partial<MenuCommand>;
  const isText = (text: unknown): boolean => typeof text === 'string' && text.length <= LONGEST;
  return (
    isText(id) &&
    isText(label) &&
    MENUS.some((name) => name === menu) &&
    (shortcut === undefined || isText(shortcut)) &&
    typeof enabled === 'boolean'
  );
}

/** The commands of one menu. The page listens to the keys itself: the menu only shows them. */
export function commandItems(
  commands: readonly MenuCommand[],
  menu: MenuCommand['menu'],
  perform: (id: string) => void,
): MenuItemConstructorOptions[] {
  return commands
    .filter((command) => command.menu === menu)
    .map(({ id, label, shortcut, enabled }) => ({
      label,
      enabled,
      click: () => perform(id),
      ...(shortcut !== undefined && {
        accelerator: acceleratorOf(shortcut),
        registerAccelerator: false,
      }),
    }));
}

/** `CmdOrCtrl+Shift+Z` of `mod+shift+z`. */
function acceleratorOf(shortcut: string): string {
  const names: Readonly<Record<string, string>> = { mod: 'CmdOrCtrl', shift: 'Shift', '+': 'Plus' };
  const parts = shortcut === '+' ? ['+'] : shortcut.split('+');
  return parts.map((part) => names[part] ?? part.toUpperCase()).join('+');
}
