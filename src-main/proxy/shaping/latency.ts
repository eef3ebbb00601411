/** Latency: every chunk takes so much longer, and none overtakes another (Toxiproxy's `latency`). */
import type { Bytes, Milliseconds } from '../../base/units.ts';
import type { Stage } from './stage.ts';

/** What is on its way at a time: 40 MB/s at 100 ms. */
const HOLDS: Bytes = 4 * 1024 * 1024;

/** `sample`: asked once for each chunk. */
export function createLatency(sample: () => Milliseconds): Stage {
  let last = 0;
  return {
    holds: HOLDS,
    write(chunk, at, out) {
      last = Math.max(last, at + sample());
      out.write(chunk, last);
    },
    end: (at, out) => out.end(Math.max(last, at)),
  };
}
