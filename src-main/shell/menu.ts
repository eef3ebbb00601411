/** The application's menu. */
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../api/contract/shell.ts';
import { commandItems } from './menu-commands.ts';
import { THEMES } from './settings.ts';
import type { Settings, Theme } from './settings.ts';

export interface MenuActions {
  openMesh(): void;
  openRecent(file: string): void;
  setTheme(theme: Theme): void;
  showHelp(): void;
  /** A command of the app, by its id. */
  perform(id: string): void;
}

const THEME_NAMES: Readonly<Record<Theme, string>> = {
  system: "The system's",
  light: 'Light',
  dark: 'Dark',
};

/** Pure: the template that Electron builds the menu from. `commands`: of the app that is shown. */
export function menuTemplate(
  platform: string,
  settings: Settings,
  actions: MenuActions,
  commands: readonly MenuCommand[] = [],
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const of = (menu: MenuCommand['menu']): MenuItemConstructorOptions[] =>
    commandItems(commands, menu, (id) => actions.perform(id));
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: fileMenu(mac, settings, actions) },
    { role: 'editMenu' },
    ...submenu('Mesh', of('mesh')),
    { label: 'View', submenu: [...divided(of('view')), ...viewMenu(settings, actions)] },
    ...submenu('Go', of('go')),
    {
      label: 'Help',
      submenu: [
        ...divided(of('help')),
        { label: 'Documentation', click: () => actions.showHelp() },
      ],
    },
  ];
}

/** A menu of commands, where the app has told any. */
function submenu(label: string, items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.length > 0 ? [{ label, submenu: items }] : [];
}

function divided(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.length > 0 ? [...items, { type: 'separator' }] : [];
}

function fileMenu(
  mac: boolean,
  { recent }: Settings,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  return [
    { label: 'Open mesh…', accelerator: 'CmdOrCtrl+O', click: () => actions.openMesh() },
    {
      label: 'Open recent',
      enabled: recent.length > 0,
      submenu: recent.map((file) => ({ label: file, click: () => actions.openRecent(file) })),
    },
    { type: 'separator' },
    { role: mac ? 'close' : 'quit' },
  ];
}

function viewMenu({ theme }: Settings, actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    {
      label: 'Theme',
      submenu: THEMES.map((one) => ({
        label: THEME_NAMES[one],
        type: 'radio',
        checked: one === theme,
        click: () => actions.setTheme(one),
      })),
    },
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
}
