/** Paths of the host in a compose file: relative to the project's folder, or to the user's own. */
import { isAbsolute, join, resolve } from 'node:path';

export interface FolderContext {
  /** Absolute; relative paths are taken from there. */
  readonly folder: string;
  /** The user's own folder, for `~`. */
  readonly home: string;
}

export function absoluteIn({ folder, home }: FolderContext, path: string): string {
  if (path === '~' || path.startsWith('~/')) return join(home, path.slice(1));
  return isAbsolute(path) || isWindowsPath(path) ? path : resolve(folder, path);
}

/** Of the short form of a volume: a path, and not the name of a volume. */
export function isHostPath(source: string): boolean {
  return /^[./~]/.test(source) || isWindowsPath(source);
}

function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:[\\/]|^\\\\/.test(path);
}
