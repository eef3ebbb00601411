/**
 * The Electron shell: a window, a menu, dialogs, and the engine's process where nobody else has
 * started one. `FAULTLINE_APP_URL`: an engine runs already (`faultline ui`), show its app.
 */
import { Menu, app, dialog, ipcMain, nativeTheme, shell } from 'electron';
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { createAppWindow, preloadFile } from './app-window.ts';
import { meshArgument } from './arguments.ts';
import type { EngineEvents, EngineHost } from './engine-host.ts';
import type { Channel, Ipc, MenuCommand } from '../api/contract/shell.ts';
import { menuTemplate } from './menu.ts';
import type { MenuActions } from './menu.ts';
import { readCommands } from './menu-commands.ts';
import { isOwnPage } from './origins.ts';
import { OwnEngine } from './own-engine.ts';
import { ParentEngine } from './parent-engine.ts';
import { keepSettings, readSettings, withRecent } from './settings.ts';
import type { Settings } from './settings.ts';
import { startingPage } from './starting-page.ts';

const DOCUMENTATION = 'https://github.com/faultline/faultline#readme';
const HERE = import.meta.dirname;
const userFile = (name: string): string => join(app.getPath('userData'), name);

let window: BrowserWindow | undefined;
let settings: Settings;
/** Of the app that is shown. */
let commands: readonly MenuCommand[] = [];
let appUrl = process.env['FAULTLINE_APP_URL'] ?? '';
let shown = '';
let quitting = false;

const events: EngineEvents = {
  onApp(url) {
    appUrl = url;
    void show(appUrl);
  },
  onRefused: (reason) => dialog.showErrorBox('This mesh cannot be opened', reason),
  onLost: (mesh, lastWords) => void onEngineLost(mesh, lastWords),
};

const engine: EngineHost =
  appUrl === ''
    ? new OwnEngine({
        cli: join(HERE, 'cli.js'),
        node: process.env['FAULTLINE_NODE'] ?? process.execPath,
        events,
      })
    : new ParentEngine(events, () => app.quit());

async function show(url: string): Promise<void> {
  shown = url;
  try {
    await window?.loadURL(url);
  } catch (error) {
    // A page that another one has taken the place of is not missed.
    if (shown === url && !quitting)
      dialog.showErrorBox('The app cannot be shown', (error as Error).message);
  }
}

function openMesh(mesh: string): void {
  change(withRecent(settings, mesh));
  void show(startingPage(basename(mesh), nativeTheme.shouldUseDarkColors));
  engine.open(mesh);
}

/** Says why, and lets a person decide: a mesh that ends at each start must not be started for ever. */
async function onEngineLost(mesh: string, lastWords: string): Promise<void> {
  if (quitting) return;
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: `The engine of ${basename(mesh)} has ended.`,
    detail: lastWords || 'It left no message.',
    buttons: ['Start it again', 'Open another mesh…', 'Quit'],
  });
  if (response === 0) openMesh(mesh);
  else if (response === 2 || !(await chooseMesh())) app.quit();
}

async function chooseMesh(): Promise<boolean> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: 'Open a mesh',
    properties: ['openFile'],
    filters: [{ name: 'Mesh documents', extensions: ['yaml', 'yml'] }],
  });
  const file = filePaths[0];
  if (canceled || file === undefined) return false;
  openMesh(file);
  return true;
}

/** Only documents: whatever else is dropped cannot be meant to be run. */
async function openDropped(path: string): Promise<boolean> {
  if (!/\.ya?ml$/i.test(path)) return false;
  openMesh(resolve(path));
  return true;
}

/** The page may choose among what a person has opened, and nothing else. */
async function openRecent(path: string): Promise<boolean> {
  if (!settings.recent.includes(path)) return false;
  openMesh(path);
  return true;
}

async function offerCommands(json: string): Promise<void> {
  commands = readCommands(json);
  applySettings();
}

async function saveFile(name: string, text: string): Promise<boolean> {
  // The page proposes a name, never a place.
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: basename(name) });
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
    if (!params.every((one) => typeof one === 'string')) throw new Error('texts are expected');
    return act(...(params as Ipc[C]['params']));
  });
}

function change(to: Settings): void {
  settings = to;
  keepSettings(userFile('settings.json'), settings);
  applySettings();
}

function applySettings(): void {
  nativeTheme.themeSource = settings.theme;
  const actions: MenuActions = {
    openMesh: () => void chooseMesh(),
    openRecent: openMesh,
    setTheme: (theme) => change({ ...settings, theme }),
    showHelp: () => void shell.openExternal(DOCUMENTATION),
    perform: (id) => window?.webContents.send('command', id),
  };
  const template = menuTemplate(process.platform, settings, actions, commands);
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function start(): Promise<void> {
  settings = readSettings(userFile('settings.json'));
  applySettings();
  handle('openMesh', chooseMesh);
  handle('openDropped', openDropped);
  handle('recentMeshes', async () => settings.recent);
  handle('openRecent', openRecent);
  handle('offerCommands', offerCommands);
  handle('saveFile', saveFile);
  window = createAppWindow({
    stateFile: userFile('window.json'),
    preload: preloadFile(HERE),
    appUrl: () => appUrl,
  });
  const mesh = meshArgument(process.argv, app.isPackaged);
  if (appUrl !== '') await show(appUrl);
  else if (mesh !== undefined) openMesh(resolve(mesh));
  else if (!(await chooseMesh())) app.quit();
}

/** The engine is stopped before the shell ends; then quit really quits. */
function quitInOrder(event: { preventDefault(): void }): void {
  if (quitting) return;
  quitting = true;
  event.preventDefault();
  void engine.stop().finally(() => app.quit());
}

/** A second start brings the window forward, and opens the mesh that it names. */
function onSecondStart(argv: readonly string[], folder: string): void {
  window?.focus();
  const mesh = meshArgument(argv, app.isPackaged);
  if (mesh !== undefined) openMesh(resolve(folder, mesh));
}

// A window that shows somebody else's engine stands beside any other.
if (appUrl !== '' || app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, folder) => onSecondStart(argv, folder));
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', quitInOrder);
  void app.whenReady().then(start);
} else {
  app.quit();
}
