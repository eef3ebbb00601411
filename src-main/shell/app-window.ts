/** The one window: locked to the engine's page. */
import { BrowserWindow, screen, session, shell } from 'electron';
import type { Session } from 'electron';
import { join } from 'node:path';
import { contentSecurityPolicy, isOwnPage, isOwnRequest, isWebLink } from './origins.ts';
import { keepWindow, readWindow } from './window-state.ts';

export interface AppWindowOptions {
  /** Where the window's place is kept. */
  readonly stateFile: string;
  readonly preload: string;
  /** The address of the app that is shown now. */
  readonly appUrl: () => string;
}

/** Kept in memory: the engine's port, and with it the page's origin, is another one each time. */
const PARTITION = 'faultline';

export function createAppWindow({ stateFile, preload, appUrl }: AppWindowOptions): BrowserWindow {
  const own = session.fromPartition(PARTITION);
  lockSession(own, appUrl);
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
    webPreferences: {
      preload,
      session: own,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  });
  window.on('close', () => keepWindow(stateFile, window.getNormalBounds()));
  lockContents(window, appUrl);
  return window;
}

/** What the page may load and ask for: of the engine everything, of the system next to nothing. */
function lockSession(own: Session, appUrl: () => string): void {
  const { webRequest } = own;
  webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOwnRequest(url, appUrl()) }));
  webRequest.onHeadersReceived(({ url, responseHeaders }, decide) => {
    const headers = { ...responseHeaders };
    if (isOwnPage(url, appUrl())) {
      headers['Content-Security-Policy'] = [contentSecurityPolicy(appUrl())];
    }
    decide({ responseHeaders: headers });
  });
  // No camera, no location, nothing but copying a text.
  const mayDo = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  own.setPermissionRequestHandler((_contents, permission, decide) => decide(mayDo(permission)));
  own.setPermissionCheckHandler((_contents, permission) => mayDo(permission));
}

function lockContents({ webContents }: BrowserWindow, appUrl: () => string): void {
  webContents.on('will-navigate', (event, url) => {
    if (!isOwnPage(url, appUrl())) event.preventDefault();
  });
  // Links go to the system's browser.
  webContents.setWindowOpenHandler(({ url }) => {
    if (isWebLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** Beside the built shell. */
export function preloadFile(folder: string): string {
  return join(folder, '..', 'preload', 'preload.cjs');
}
