/** Which part of the drawing is seen, and at which size. Pure. */
import { encloses } from './geometry.ts';
import type { Box } from './geometry.ts';

/** Screen = drawing × k + (x, y). */
export interface View {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const MARGIN = 12;
/** Below stand the zoom buttons and the legend. */
const BOTTOM = 52;
/** Larger than this a small mesh would look clumsy. */
const LARGEST_FIT = 1.35;

/** The largest view of all of `drawing` on a screen of this size. */
export function fitView(drawing: Box, screen: Size): View {
  const width = screen.width - 2 * MARGIN;
  const height = screen.height - MARGIN - BOTTOM;
  const k = Math.max(0.05, Math.min(LARGEST_FIT, width / drawing.width, height / drawing.height));
  return {
    k,
    x: MARGIN + (width - drawing.width * k) / 2 - drawing.x * k,
    y: MARGIN + (height - drawing.height * k) / 2 - drawing.y * k,
  };
}

/** The part of the drawing that is on the screen. */
export function visiblePart({ k, x, y }: View, screen: Size): Box {
  return { x: -x / k, y: -y / k, width: screen.width / k, height: screen.height / k };
}

export function isVisible(box: Box, view: View, screen: Size): boolean {
  return encloses(visiblePart(view, screen), box);
}

/** The same size, with `box` in the middle of the screen. */
export function centredOn(box: Box, { k }: View, screen: Size): View {
  return {
    k,
    x: screen.width / 2 - (box.x + box.width / 2) * k,
    y: screen.height / 2 - (box.y + box.height / 2) * k,
  };
}
