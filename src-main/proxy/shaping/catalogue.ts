/** Every fault that shapes a stream of bytes, as a configuration has it, and its stage. */
import type { Chance } from '../../base/chance.ts';
import type { Bytes, Milliseconds } from '../../base/units.ts';
import { createBandwidth } from './bandwidth.ts';
import { createLatency } from './latency.ts';
import { createLimitData } from './limit-data.ts';
import { createResetPeer } from './reset-peer.ts';
import { createSlicer } from './slicer.ts';
import type { SlicerConfig } from './slicer.ts';
import { createSlowClose } from './slow-close.ts';
import type { Cut, Stage } from './stage.ts';
import { createTimeout } from './timeout.ts';

/** What acts on one direction; absent: nothing of the kind. */
export interface ShapingConfig {
  /** Asked for each chunk. */
  readonly latency?: () => Milliseconds;
  /** Bytes per second. */
  readonly bandwidth?: Bytes;
  readonly slicer?: SlicerConfig;
  readonly limitData?: { readonly bytes: Bytes; readonly how: Cut };
  readonly slowClose?: Milliseconds;
  readonly timeout?: Milliseconds;
  readonly resetPeer?: Milliseconds;
}

type Kind = keyof ShapingConfig;

type Maker = (config: ShapingConfig, chance: Chance) => Stage | undefined;

/**
 * In the order in which the bytes meet them: what takes time in all, what is left of the stream, and
 * last how small the pieces are that go out.
 */
const STAGES = {
  latency: ({ latency }) => latency && createLatency(latency),
  limitData: ({ limitData }) => limitData && createLimitData(limitData.bytes, limitData.how),
  bandwidth: ({ bandwidth }) => (bandwidth === undefined ? undefined : createBandwidth(bandwidth)),
  slicer: ({ slicer }, chance) => slicer && createSlicer(slicer, chance),
  slowClose: ({ slowClose }) => (slowClose === undefined ? undefined : createSlowClose(slowClose)),
  timeout: ({ timeout }) => (timeout === undefined ? undefined : createTimeout(timeout)),
  resetPeer: ({ resetPeer }) => (resetPeer === undefined ? undefined : createResetPeer(resetPeer)),
} as const satisfies Record<Kind, Maker>;

/** The stages of one fault, in their order; new ones for each stream. */
export function createStages(config: ShapingConfig, chance: Chance): Stage[] {
  return Object.values(STAGES)
    .map((make: Maker) => make(config, chance))
    .filter((stage) => stage !== undefined);
}
