/** Slicer: cuts what comes into small pieces, one after the other (Toxiproxy's `slicer`). */
import type { Chance } from '../../base/chance.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import { HOLDS_LITTLE } from './stage.ts';
import type { Stage } from './stage.ts';

export interface SlicerConfig {
  /** Of a piece, on average; 1 or more. */
  readonly size: Bytes;
  /** A piece may be so much larger or smaller; less than `size`. */
  readonly variation: Bytes;
  /** Between two pieces; without one the system may put them together again. */
  readonly delay: Milliseconds;
}

export function createSlicer({ size, variation, delay }: SlicerConfig, chance: Chance): Stage {
  let next = 0;
  const draw = (): Bytes =>
    Math.max(1, size + Math.round((chance.next() * 2 - 1) * Math.min(variation, size - 1)));
  return {
    holds: HOLDS_LITTLE,
    write(chunk, at, out) {
      for (let from = 0; from < chunk.length;) {
        const length = draw();
        const leaves = Math.max(next, at);
        out.write(chunk.subarray(from, from + length), leaves);
        next = leaves + delay;
        from += length;
      }
    },
    end: (at, out) => out.end(Math.max(next - delay, at)),
  };
}
