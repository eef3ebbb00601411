/** Where the tour's card stands beside what it speaks of. Pure. */

/** Pixels, in the window. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const GAP = 12;

/** Left of it, right of it, below or above it, wherever there is room; else in its middle. */
export function placeCard(target: Box, card: Size, window: Size): { x: number; y: number } {
  const right = target.x + target.width + GAP;
  const below = target.y + target.height + GAP;
  const y = clamp(target.y, GAP, window.height - card.height - GAP);
  const x = clamp(target.x, GAP, window.width - card.width - GAP);
  if (target.x - GAP - card.width >= GAP) return { x: target.x - GAP - card.width, y };
  if (right + card.width <= window.width - GAP) return { x: right, y };
  if (below + card.height <= window.height - GAP) return { x, y: below };
  if (target.y - GAP - card.height >= GAP) return { x, y: target.y - GAP - card.height };
  return {
    x: clamp(target.x + (target.width - card.width) / 2, GAP, window.width - card.width - GAP),
    y: clamp(target.y + (target.height - card.height) / 2, GAP, window.height - card.height - GAP),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), Math.max(least, most)));
}
