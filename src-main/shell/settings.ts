/** What the shell keeps for a person between two starts. */
import { readFileSync, writeFileSync } from 'node:fs';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Settings {
  readonly theme: Theme;
  /** The documents that were opened last, the last one first. */
  readonly recent: readonly string[];
}

const MOST_RECENT = 10;

/** The settings with `file` first among the recent ones. Pure. */
export function withRecent(settings: Settings, file: string): Settings {
  const others = settings.recent.filter((one) => one !== file);
  return { ...settings, recent: [file, ...others].slice(0, MOST_RECENT) };
}

/** What was kept, as far as it makes sense. Pure. */
export function settleSettings(kept: unknown): Settings {
  const { theme, recent } = (kept ?? {}) as Partial<Record<keyof Settings, unknown>>;
  return {
    theme: THEMES.find((one) => one === theme) ?? 'system',
    recent: Array.isArray(recent) ? recent.filter((one) => typeof one === 'string') : [],
  };
}

export function readSettings(file: string): Settings {
  try {
    return settleSettings(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // The first start, or a file that somebody has changed: begin anew.
    return settleSettings(undefined);
  }
}

export function keepSettings(file: string, settings: Settings): void {
  writeFileSync(file, JSON.stringify(settings));
}
