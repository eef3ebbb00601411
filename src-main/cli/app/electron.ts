/** Electron's binary: found, or downloaded once. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../runtime/built-files.ts';
import { say } from '../output.ts';

/** A download that failed is not tried again for a day, so that later starts are quick. */
const TRY_AGAIN = 24 * 60 * 60 * 1000;
/** In milliseconds; some 110 MB on a slow line. */
const DOWNLOAD_TIME = 180_000;

const electronFolder = (): string => join(packageFolder(), 'node_modules', 'electron');
const failureFile = (): string => join(packageFolder(), 'node_modules', '.faultline-no-electron');

/**
 * Where the binary is; undefined where there is none. `ELECTRON_OVERRIDE_DIST_PATH` names the folder
 * of another one, as for Electron itself.
 */
export function findElectron(): string | undefined {
  const folder = electronFolder();
  const name = join(folder, 'path.txt');
  const program = existsSync(name) ? readFileSync(name, 'utf8').trim() : 'electron';
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  const binary = join(dist, program);
  return existsSync(binary) ? binary : undefined;
}

/** Electron's package leaves the download of its binary to whoever needs it. */
export async function downloadElectron(signal: AbortSignal): Promise<string | undefined> {
  const installer = join(electronFolder(), 'install.js');
  if (!existsSync(installer) || failedLately()) return undefined;
  say('downloading Electron, once (some 110 MB)…');
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      timeout: DOWNLOAD_TIME,
      signal,
    });
    child.on('error', () => resolve(null));
    child.on('exit', resolve);
  });
  const found = code === 0 ? findElectron() : undefined;
  if (found) rmSync(failureFile(), { force: true });
  else if (!signal.aborted) writeFileSync(failureFile(), '');
  return found;
}

function failedLately(): boolean {
  const failedAt = statSync(failureFile(), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - failedAt < TRY_AGAIN;
}
