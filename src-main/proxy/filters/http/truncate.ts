/** The truncation fault: an answer whose body is shorter than it was, and whole by its framing. */
import type { Bytes } from '../../../base/units.ts';
import type { TruncateConfig } from '../../config/fault.ts';
import { HopFlag } from '../../hop.ts';
import { HOLDS_LITTLE } from '../../shaping/stage.ts';
import type { Stage } from '../../shaping/stage.ts';
import type { FaultEffect } from './fault-filter.ts';
import type { Shape } from './filter.ts';

export function createTruncate({ bytes }: TruncateConfig): FaultEffect {
  const shape: Shape = {
    head: (head) => ({ ...head, contentLength: Math.min(head.contentLength, bytes) }),
    down: () => [createTruncation(bytes)],
  };
  return { flags: HopFlag.FAULT_INJECTED, act: () => ({ kind: 'shape', shape }) };
}

function createTruncation(bytes: Bytes): Stage {
  let left = bytes;
  return {
    holds: HOLDS_LITTLE,
    write(chunk, at, out) {
      const passing = chunk.subarray(0, left);
      left -= passing.length;
      if (passing.length > 0) out.write(passing, at);
    },
    end: (at, out) => out.end(at),
  };
}
