/** How large each part of the window was dragged; kept for the next time. */
import { createStore } from 'zustand/vanilla';

/** Pixels. */
export interface SizeLimits {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

const KEY = 'faultline-sizes';

export const sizeStore = createStore<Readonly<Record<string, number>>>(() => settleSizes(kept()));

function kept(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    // Somebody has changed it by hand: begin anew.
    return {};
  }
}

/** What was kept, as far as it makes sense. Pure. */
export function settleSizes(found: unknown): Record<string, number> {
  if (typeof found !== 'object' || found === null) return {};
  const entries = Object.entries(found).filter(([, size]) => Number.isFinite(size));
  return Object.fromEntries(entries);
}

/** Within its limits. Pure. */
export function clampSize(size: number | undefined, { usual, least, most }: SizeLimits): number {
  return Math.round(Math.min(Math.max(size ?? usual, least), Math.max(least, most)));
}

export function setSize(name: string, size: number): void {
  sizeStore.setState({ [name]: size });
  localStorage.setItem(KEY, JSON.stringify(sizeStore.getState()));
}
