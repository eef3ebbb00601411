/** Slow close: all bytes come in time, the end does not (Toxiproxy's `slow_close`). */
import type { Milliseconds } from '../../base/units.ts';
import { HOLDS_LITTLE } from './stage.ts';
import type { Stage } from './stage.ts';

export function createSlowClose(delay: Milliseconds): Stage {
  return {
    holds: HOLDS_LITTLE,
    write: (chunk, at, out) => out.write(chunk, at),
    end: (at, out) => out.end(at + delay),
  };
}
