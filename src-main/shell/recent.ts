/** The meshes that were opened last. */
import { readFileSync, writeFileSync } from 'node:fs';

const MOST = 10;

/** The list with `file` first. Pure. */
export function withRecent(recent: readonly string[], file: string): string[] {
  return [file, ...recent.filter((one) => one !== file)].slice(0, MOST);
}

export function readRecent(path: string): string[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  } catch {
    // The first start.
    return [];
  }
}

export function keepRecent(path: string, recent: readonly string[]): void {
  writeFileSync(path, JSON.stringify(recent));
}
