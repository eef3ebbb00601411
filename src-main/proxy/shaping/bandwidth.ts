/** Bandwidth: so many bytes a second and no more, evenly (Toxiproxy's `bandwidth`). */
import type { Bytes } from '../../base/units.ts';
import { HOLDS_LITTLE } from './stage.ts';
import type { Stage } from './stage.ts';

/** Pieces leave at least so often, that a slow line trickles rather than stutters. */
const PIECES_PER_SECOND = 20;

/** @param rate bytes per second, more than 0. */
export function createBandwidth(rate: Bytes): Stage {
  const size = Math.max(1, Math.floor(rate / PIECES_PER_SECOND));
  let last = 0;
  return {
    holds: HOLDS_LITTLE,
    write(chunk, at, out) {
      // Time that nobody used is not saved up.
      last = Math.max(last, at);
      for (let from = 0; from < chunk.length; from += size) {
        const piece = chunk.subarray(from, from + size);
        last += (piece.length * 1000) / rate;
        out.write(piece, last);
      }
    },
    end: (at, out) => out.end(Math.max(last, at)),
  };
}
