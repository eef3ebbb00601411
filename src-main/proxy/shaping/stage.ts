/**
 * The contract of a stage: what one fault makes of a stream of bytes. A stage never waits: it says
 * when each piece may leave, and the `Shaper` does the waiting. So stages follow one another without
 * a timer between them, and the tests need no clock that runs.
 *
 *     write(chunk, at) ──► latency ──► bandwidth ──► slicer ──► pieces with their times ──► Shaper
 *
 * A stage is made for one direction of one connection or message, and may keep what it has counted.
 */
import type { Bytes, Milliseconds } from '../../base/units.ts';

/** `reset`: RST. `close`: an end, whether or not all has been said. */
export type Cut = 'reset' | 'close';

/** Where a stage puts what comes out of it. Times are the clock's `now` and must not go back. */
export interface StageOutput {
  /** `at`: Infinity: not before the fault is gone. */
  write(chunk: Buffer, at: Milliseconds): void;
  end(at: Milliseconds): void;
  /** Behind all that was written before; nothing comes after it. */
  cut(how: Cut, at: Milliseconds): void;
}

export interface Stage {
  /** How much may wait for its time before no more is taken; the largest of all stages counts. */
  readonly holds: Bytes;
  /** Breaks the stream so long after the stage came into it, whatever waits. */
  readonly cutAfter?: { readonly how: Cut; readonly time: Milliseconds };
  /** A chunk, and when it came. It must be passed on whole, unless the fault is that it is not. */
  write(chunk: Buffer, at: Milliseconds, out: StageOutput): void;
  end(at: Milliseconds, out: StageOutput): void;
}

/** Enough for stages that let little through at a time. */
export const HOLDS_LITTLE: Bytes = 64 * 1024;
