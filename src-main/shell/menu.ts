/** The application's menu. */
import type { MenuItemConstructorOptions } from 'electron';
import { THEMES } from './settings.ts';
import type { Settings, Theme } from './settings.ts';

export interface MenuActions {
  openMesh(): void;
  openRecent(file: string): void;
  setTheme(theme: Theme): void;
  showHelp(): void;
}

const THEME_NAMES: Readonly<Record<Theme, string>> = {
  system: "The system's",
  light: 'Light',
  dark: 'Dark',
};

/** Pure: the template that Electron builds the menu from. */
export function menuTemplate(
  platform: string,
  settings: Settings,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: fileMenu(mac, settings, actions) },
    { role: 'editMenu' },
    { label: 'View', submenu: viewMenu(settings, actions) },
    { label: 'Help', submenu: [{ label: 'Documentation', click: () => actions.showHelp() }] },
  ];
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
