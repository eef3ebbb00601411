/** Starts a program in a process group of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

export interface SpawnOptions {
  readonly command: readonly string[];
  readonly workingFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws Error that says what is wrong with the folder or the command, and what to do. */
export function spawnProgram(options: SpawnOptions): ChildProcess {
  const [program, ...args] = options.command as [string, ...string[]];
  refuseMissingFolder(options.workingFolder);
  refuseMissingProgram(program, options);
  return spawn(program, args, {
    cwd: options.workingFolder,
    env: options.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

function refuseMissingFolder(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`working folder ${folder} does not exist`);
  }
}

/** `spawn` says ENOENT for a missing folder and a missing program alike: looks for itself. */
function refuseMissingProgram(program: string, options: SpawnOptions): void {
  if (process.platform === 'win32') return;
  const hasPath = program.includes('/');
  const folders = hasPath ? [''] : (options.env['PATH'] ?? '').split(delimiter);
  const candidates = folders.map((folder) =>
    hasPath && !isAbsolute(program)
      ? resolve(options.workingFolder, program)
      : join(folder, program),
  );
  if (candidates.some(isExecutable)) return;
  if (hasPath) throw new Error(`command "${program}" does not exist or may not be executed`);
  throw new Error(`command "${program}" was not found on PATH: install it, or give its whole path`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there or not ours: the next candidate.
    return false;
  }
}
