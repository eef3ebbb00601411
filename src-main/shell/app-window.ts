/** The one window: locked to the engine's page. */
import { BrowserWindow, screen, session, shell } from 'electron';
import { join } from 'node:path';
import { isOwnPage, isWebLink } from './origins.ts';
import { keepWindow, readWindow } from './window-state.ts';

export interface AppWindowOptions {
  /** Where the window's place is kept. */
  readonly stateFile: string;
  readonly preload: string;
}

export function createAppWindow({ stateFile, preload }: AppWindowOptions): BrowserWindow {
  const state = readWindow(
    stateFile,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...state,
    minWidth: 960,
    minHeight: 600,
    title: 'Faultline',
    backgroundColor: '#0d1014',
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false },
  });
  window.on('close', () => keepWindow(stateFile, window.getNormalBounds()));
  // The app needs no camera, no location, nothing.
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(permission === 'clipboard-sanitized-write'),
  );
  return window;
}

/** Shows the app and nothing else: links go to the system's browser. */
export async function showApp(window: BrowserWindow, appUrl: string): Promise<void> {
  const { webContents } = window;
  webContents.removeAllListeners('will-navigate');
  webContents.on('will-navigate', (event, url) => {
    if (!isOwnPage(url, appUrl)) event.preventDefault();
  });
  webContents.setWindowOpenHandler(({ url }) => {
    if (isWebLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  await window.loadURL(appUrl);
}

/** Beside the built shell. */
export function preloadFile(folder: string): string {
  return join(folder, '..', 'preload', 'preload.cjs');
}
