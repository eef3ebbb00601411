/**
 * Timeout: nothing passes, and after a time the stream is closed (Toxiproxy's `timeout`). Toxiproxy
 * throws away what comes; here it waits, as it would on a line that is dead for a while, so that a
 * connection whose fault is taken off goes on unharmed.
 */
import type { Milliseconds } from '../../base/units.ts';
import { HOLDS_LITTLE } from './stage.ts';
import type { Stage } from './stage.ts';

/** @param time until the close, from when the fault met the stream; 0: silent for ever. */
export function createTimeout(time: Milliseconds): Stage {
  return {
    holds: HOLDS_LITTLE,
    ...(time > 0 && { cutAfter: { how: 'close', time } as const }),
    write: (chunk, _at, out) => out.write(chunk, Infinity),
    end: (_at, out) => out.end(Infinity),
  };
}
