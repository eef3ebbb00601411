/** Things by where they are, for questions of what is near. */
import type { Box } from './geometry.ts';

interface Entry<T> {
  readonly item: T;
  /** The question that has met it last: a thing in several cells is told once. */
  asked: number;
}

/** Cells are numbered row by row; a drawing has fewer columns of them. */
const ROW = 1 << 20;

export class Grid<T> {
  readonly #size: number;
  readonly #cells = new Map<number, Entry<T>[]>();
  #question = 0;

  /** `size`: of a cell, in pixels. */
  constructor(size: number) {
    this.#size = size;
  }

  add(box: Box, item: T): void {
    const entry = { item, asked: 0 };
    this.#visitCells(box, (key) => {
      const cell = this.#cells.get(key);
      if (cell) cell.push(entry);
      else this.#cells.set(key, [entry]);
    });
  }

  /** Calls `visit` with all whose cells the box touches, each once. */
  visitNear(box: Box, visit: (item: T) => void): void {
    const question = ++this.#question;
    this.#visitCells(box, (key) => {
      for (const entry of this.#cells.get(key) ?? []) {
        if (entry.asked === question) continue;
        entry.asked = question;
        visit(entry.item);
      }
    });
  }

  #visitCells({ x, y, width, height }: Box, visit: (key: number) => void): void {
    const [right, bottom] = [this.#cell(x + width), this.#cell(y + height)];
    for (let column = this.#cell(x); column <= right; column++) {
      for (let row = this.#cell(y); row <= bottom; row++) visit(row * ROW + column);
    }
  }

  #cell(value: number): number {
    return Math.floor(value / this.#size);
  }
}
