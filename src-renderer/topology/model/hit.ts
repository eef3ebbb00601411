/** What lies under the pointer, of what is drawn and is no element of the page. Pure. */
import { contains, trackOf } from './geometry.ts';
import type { Box, Point, Track } from './geometry.ts';
import { Grid } from './grid.ts';
import type { Layout } from './layout.ts';

/** Between two points by which a line is known, and of the cells that they lie in, in pixels. */
const SPACING = 8;
const CELL = 64;

export class HitMap {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly #layout: Layout;
  readonly #points = new Grid<{ readonly edge: string; readonly point: Point }>(CELL);

  constructor(layout: Layout) {
    this.#layout = layout;
    this.tracks = new Map([...layout.edges].map(([id, { curve }]) => [id, trackOf(curve)]));
    for (const [edge, track] of this.tracks) {
      const count = Math.max(4, Math.ceil(track.length / SPACING));
      for (let i = 0; i <= count; i++) {
        const point = track.at(i / count);
        this.#points.add({ ...point, width: 0, height: 0 }, { edge, point });
      }
    }
  }

  node(at: Point): string | undefined {
    return [...this.#layout.nodes].find(([, box]) => contains(box, at))?.[0];
  }

  /** The nearest line of those that may be met; `reach`: how far it may be, in pixels. */
  edge(at: Point, reach: number, mayBe: (edge: string) => boolean): string | undefined {
    const around: Box = { x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach };
    let found: string | undefined;
    let least = reach;
    this.#points.visitNear(around, ({ edge, point }) => {
      const distance = Math.hypot(point.x - at.x, point.y - at.y);
      if (distance <= least && mayBe(edge)) [found, least] = [edge, distance];
    });
    return found;
  }
}
