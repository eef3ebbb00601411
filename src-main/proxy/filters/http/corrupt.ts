/** The corruption fault: bytes of a body are changed on the way. */
import type { Chance } from '../../../base/chance.ts';
import type { Percent } from '../../../base/units.ts';
import type { CorruptConfig } from '../../config/fault.ts';
import { HOLDS_LITTLE } from '../../shaping/stage.ts';
import type { Stage } from '../../shaping/stage.ts';
import { shaping } from './fault-filter.ts';
import type { FaultEffect } from './fault-filter.ts';

export function createCorrupt(config: CorruptConfig, chance: Chance): FaultEffect {
  const stages = (): Stage[] => [createCorruption(config, chance)];
  return shaping({ [config.direction]: stages });
}

function createCorruption({ bytes, at: offsets }: CorruptConfig, chance: Chance): Stage {
  let passed = 0;
  let next = gap(bytes, chance);
  return {
    holds: HOLDS_LITTLE,
    write(chunk, at, out) {
      // Never in place: the same bytes may go out again in another try.
      const changed = Buffer.from(chunk);
      for (const offset of offsets) flip(changed, offset - passed, chance);
      for (; next < passed + chunk.length; next += 1 + gap(bytes, chance)) {
        flip(changed, next - passed, chance);
      }
      passed += chunk.length;
      out.write(changed, at);
    },
    end: (at, out) => out.end(at),
  };
}

/** How many bytes are left alone before the next one: drawn once for each that is hit. */
function gap(percentage: Percent, chance: Chance): number {
  if (percentage <= 0) return Infinity;
  if (percentage >= 100) return 0;
  return Math.floor(Math.log(1 - chance.next()) / Math.log(1 - percentage / 100));
}

/** Into another byte: one of its bits, at least. Offsets outside of the chunk are for other chunks. */
function flip(chunk: Buffer, at: number, chance: Chance): void {
  const byte = chunk[at];
  if (byte !== undefined) chunk[at] = byte ^ (1 + Math.floor(chance.next() * 255));
}
