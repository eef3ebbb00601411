/** The window opens where and as large as it was closed. */
import { readFileSync, writeFileSync } from 'node:fs';

export interface WindowState {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const DEFAULT_WINDOW: WindowState = { width: 1440, height: 900 };
const LEAST = { width: 960, height: 600 };

/** What was kept, as far as it makes sense on the screens that are there now. Pure. */
export function settleWindow(kept: unknown, screens: readonly Rectangle[]): WindowState {
  const state = kept as Partial<Rectangle> | undefined;
  if (typeof state?.width !== 'number' || typeof state.height !== 'number') return DEFAULT_WINDOW;
  const width = Math.max(LEAST.width, state.width);
  const height = Math.max(LEAST.height, state.height);
  const { x, y } = state;
  if (typeof x !== 'number' || typeof y !== 'number') return { width, height };
  // A screen that has been unplugged must not keep the window out of sight.
  const visible = screens.some(
    (screen) =>
      x < screen.x + screen.width &&
      x + width > screen.x &&
      y >= screen.y &&
      y < screen.y + screen.height,
  );
  return visible ? { x, y, width, height } : { width, height };
}

export function readWindow(file: string, screens: readonly Rectangle[]): WindowState {
  try {
    return settleWindow(JSON.parse(readFileSync(file, 'utf8')), screens);
  } catch {
    // The first start, or a file that somebody has changed: begin anew.
    return DEFAULT_WINDOW;
  }
}

export function keepWindow(file: string, bounds: Rectangle): void {
  writeFileSync(file, JSON.stringify(bounds));
}
