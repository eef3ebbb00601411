/**
 * The Electron shell: a window, a menu, dialogs, and the engine's process where nobody else has
 * started one. `FAULTLINE_APP_URL`: an engine runs already (started by `faultline ui`), show its app.
 */
import { Menu, app, dialog, ipcMain, shell } from 'electron';
import type { IpcMainInvokeEvent, BrowserWindow } from 'electron';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAppWindow, preloadFile, showApp } from './app-window.ts';
import { EngineProcess } from './engine-process.ts';
import type { Channel, Ipc } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { isOwnPage } from './origins.ts';
import { keepRecent, readRecent, withRecent } from './recent.ts';

const DOCUMENTATION = 'https://github.com/faultline/faultline#readme';
const HERE = import.meta.dirname;

let window: BrowserWindow | undefined;
let engine: EngineProcess | undefined;
let appUrl = process.env['FAULTLINE_APP_URL'] ?? '';
let quitting = false;

const userFile = (name: string): string => join(app.getPath('userData'), name);

async function openMesh(mesh: string): Promise<void> {
  await engine?.stop();
  engine = new EngineProcess(
    { cli: join(HERE, 'cli.js'), mesh, node: process.env['FAULTLINE_NODE'] ?? process.execPath },
    (lastWords) => void onEngineLost(mesh, lastWords),
  );
  appUrl = await engine.appUrl();
  keepRecent(userFile('recent.json'), withRecent(readRecent(userFile('recent.json')), mesh));
  buildMenu();
  if (window) await showApp(window, appUrl);
}

/** Says why, and lets the user decide: a mesh that ends at each start must not be started for ever. */
async function onEngineLost(mesh: string, lastWords: string): Promise<void> {
  engine = undefined;
  if (quitting) return;
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The engine has ended.',
    detail: lastWords || 'It left no message.',
    buttons: ['Start it again', 'Open another mesh…', 'Quit'],
  });
  if (response === 0) await openMesh(mesh);
  else if (response === 1 && (await chooseMesh())) return;
  else app.quit();
}

async function chooseMesh(): Promise<boolean> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Open a mesh',
    properties: ['openFile'],
    filters: [{ name: 'Mesh documents', extensions: ['yaml', 'yml'] }],
  });
  const file = filePaths[0];
  if (canceled || file === undefined) return false;
  await openMesh(file);
  return true;
}

async function saveFile(name: string, text: string): Promise<boolean> {
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: name });
  if (canceled || !filePath) return false;
  await writeFile(filePath, text);
  return true;
}

/** Only the engine's own page, in the window's main frame, may ask for anything. */
function handle<C extends Channel>(
  channel: C,
  act: (...params: Ipc[C]['params']) => Promise<Ipc[C]['result']>,
): void {
  ipcMain.handle(channel, (event: IpcMainInvokeEvent, ...params: unknown[]) => {
    const frame = event.senderFrame;
    if (frame?.parent !== null || !isOwnPage(frame.url, appUrl))
      throw new Error('this page may not ask');
    return act(...(params as Ipc[C]['params']));
  });
}

function buildMenu(): void {
  const template = menuTemplate(process.platform, readRecent(userFile('recent.json')), {
    openMesh: () => void chooseMesh(),
    openRecent: (file) => void openMesh(file),
    showHelp: () => void shell.openExternal(DOCUMENTATION),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function start(): Promise<void> {
  buildMenu();
  handle('openMesh', chooseMesh);
  handle('saveFile', saveFile);
  window = createAppWindow({ stateFile: userFile('window.json'), preload: preloadFile(HERE) });
  const mesh = process.argv.slice(app.isPackaged ? 1 : 2).find((one) => !one.startsWith('-'));
  if (appUrl !== '') await showApp(window, appUrl);
  else if (mesh !== undefined) await openMesh(mesh);
  else if (!(await chooseMesh())) app.quit();
}

/** The engine is stopped before the shell ends; then quit really quits. */
function quitInOrder(event: { preventDefault(): void }): void {
  if (quitting || !engine) return;
  quitting = true;
  event.preventDefault();
  void engine.stop().finally(() => app.quit());
}

// A second start of the same kind only brings the window forward; one for another engine is its own.
const alone = appUrl !== '' || app.requestSingleInstanceLock();
if (alone) {
  app.on('second-instance', () => window?.focus());
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', quitInOrder);
  void app.whenReady().then(start);
} else {
  app.quit();
}
