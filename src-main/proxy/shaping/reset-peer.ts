/** Reset peer: a real RST, at once or after a time (Toxiproxy's `reset_peer`). */
import type { Milliseconds } from '../../base/units.ts';
import { HOLDS_LITTLE } from './stage.ts';
import type { Stage } from './stage.ts';

/** @param time from when the fault met the stream; until then bytes pass. */
export function createResetPeer(time: Milliseconds): Stage {
  return {
    holds: HOLDS_LITTLE,
    cutAfter: { how: 'reset', time },
    write: (chunk, at, out) => out.write(chunk, at),
    end: (at, out) => out.end(at),
  };
}
