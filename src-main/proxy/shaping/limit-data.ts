/** Limit data: so many bytes pass, then the stream is broken (Toxiproxy's `limit_data`). */
import type { Bytes } from '../../base/units.ts';
import { HOLDS_LITTLE } from './stage.ts';
import type { Cut, Stage } from './stage.ts';

/** @param bytes that pass; 0: the first byte breaks it. A stream that ends before is left alone. */
export function createLimitData(bytes: Bytes, how: Cut): Stage {
  let left = bytes;
  return {
    holds: HOLDS_LITTLE,
    write(chunk, at, out) {
      if (left < 0) return;
      const passing = chunk.subarray(0, left);
      if (passing.length > 0) out.write(passing, at);
      left -= chunk.length;
      // As in Toxiproxy at the byte that fills it, not at the next one.
      if (left > 0) return;
      left = -1;
      out.cut(how, at);
    },
    end(at, out) {
      if (left >= 0) out.end(at);
    },
  };
}
