/** How high the drawer of requests is; remembered. */
import { useState } from 'react';

const KEY = 'faultline-drawer-height';
export const LOWEST = 120;
export const HIGHEST = 900;

/** In pixels; where nobody has chosen it, a share of the window. */
export function useDrawerHeight(): { height: number; setHeight(height: number): void } {
  const [height, setShown] = useState(() => bounded(Number(localStorage.getItem(KEY) ?? usual())));
  return {
    height,
    setHeight(next) {
      const chosen = bounded(next);
      localStorage.setItem(KEY, String(chosen));
      setShown(chosen);
    },
  };
}

function usual(): number {
  return Math.min(380, Math.max(200, window.innerHeight * 0.3));
}

/** The graph above keeps some room. */
function bounded(height: number): number {
  const most = Math.max(LOWEST, Math.min(HIGHEST, window.innerHeight - 260));
  return Math.round(Math.min(most, Math.max(LOWEST, Number.isFinite(height) ? height : usual())));
}
