/** The application's menu. */
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  openMesh(): void;
  openRecent(file: string): void;
  showHelp(): void;
}

/** Pure: the template that Electron builds the menu from. */
export function menuTemplate(
  platform: string,
  recent: readonly string[],
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Open mesh…', accelerator: 'CmdOrCtrl+O', click: () => actions.openMesh() },
        {
          label: 'Open recent',
          enabled: recent.length > 0,
          submenu: recent.map((file) => ({ label: file, click: () => actions.openRecent(file) })),
        },
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { role: 'toggleDevTools' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: 'Help', submenu: [{ label: 'Documentation', click: () => actions.showHelp() }] },
  ];
}
