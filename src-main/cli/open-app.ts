/** Shows the app: in Electron where it is there, else in the browser. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFile, packageFolder } from '../runtime/built-files.ts';
import { say } from './output.ts';

export interface OpenOptions {
  /** The app's address, with its token. */
  readonly url: string;
  readonly browser: boolean;
  /** False: nothing is opened; the address has been printed. */
  readonly open: boolean;
}

/** Resolves to a promise of the window's end; a browser's tab has none, so that one never comes. */
export async function openApp(options: OpenOptions): Promise<Promise<void>> {
  const never = new Promise<void>(() => undefined);
  if (!options.open) return never;
  const electron = options.browser ? undefined : (findElectron() ?? (await downloadElectron()));
  if (electron) return openElectron(electron, options.url);
  if (!options.browser) {
    say('Electron is not on this machine: the app opens in the browser (see "faultline doctor")');
  }
  openBrowser(options.url);
  return never;
}

/** Electron's binary, where one has been downloaded. */
export function findElectron(): string | undefined {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folder = join(packageFolder(), 'node_modules', 'electron');
  const name = join(folder, 'path.txt');
  const program = existsSync(name) ? readFileSync(name, 'utf8').trim() : 'electron';
  const binary = join(override ?? join(folder, 'dist'), program);
  return existsSync(binary) ? binary : undefined;
}

/** A download that failed is not tried again for a day. */
const TRY_AGAIN = 24 * 60 * 60 * 1000;
const DOWNLOAD_TIME = 120_000;

/** Electron's package leaves the download of its binary to whoever needs it. */
async function downloadElectron(): Promise<string | undefined> {
  const installer = join(packageFolder(), 'node_modules', 'electron', 'install.js');
  const failed = join(packageFolder(), 'node_modules', '.faultline-no-electron');
  const failedAt = statSync(failed, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (!existsSync(installer) || Date.now() - failedAt < TRY_AGAIN) return undefined;
  say('downloading Electron, once…');
  const child = spawn(process.execPath, [installer], { stdio: 'ignore', timeout: DOWNLOAD_TIME });
  await new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  });
  const found = findElectron();
  if (!found) writeFileSync(failed, '');
  return found;
}

function openElectron(binary: string, url: string): Promise<void> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(binary, [...root, builtFile('shell.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, FAULTLINE_APP_URL: url, FAULTLINE_NODE: process.execPath },
  });
  return ended(child, 'Electron');
}

function ended(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(`${name} could not be started: ${error.message}`);
    });
    child.on('exit', () => resolve());
    process.on('exit', () => child.kill());
  });
}

/** The system's own opener; a machine without one has had the address printed. */
function openBrowser(url: string): void {
  const [program, args] = opener(url);
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => say(`no browser could be opened: open ${url} by hand`));
  child.unref();
}

function opener(url: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [url]];
  // `start` is the shell's own; the empty text is the title that it would take the address for.
  if (process.platform === 'win32')
    return ['cmd', ['/c', 'start', '""', url.replaceAll('&', '^&')]];
  return ['xdg-open', [url]];
}
