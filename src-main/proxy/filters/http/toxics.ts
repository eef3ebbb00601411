/** Toxiproxy's faults on the bodies of requests and answers; what each does is in `shaping/`. */
import type { Chance } from '../../../base/chance.ts';
import type {
  BandwidthConfig,
  LimitDataConfig,
  ResetPeerConfig,
  SlicerFaultConfig,
  SlowCloseConfig,
} from '../../config/fault.ts';
import { createBandwidth as bandwidthStage } from '../../shaping/bandwidth.ts';
import { createLimitData as limitDataStage } from '../../shaping/limit-data.ts';
import { createResetPeer as resetPeerStage } from '../../shaping/reset-peer.ts';
import { createSlicer as slicerStage } from '../../shaping/slicer.ts';
import { createSlowClose as slowCloseStage } from '../../shaping/slow-close.ts';
import { shaping } from './fault-filter.ts';
import type { FaultEffect } from './fault-filter.ts';

export function createBandwidth({ up, down }: BandwidthConfig): FaultEffect {
  return shaping({
    ...(up !== undefined && { up: () => [bandwidthStage(up)] }),
    ...(down !== undefined && { down: () => [bandwidthStage(down)] }),
  });
}

export function createLimitData({ direction, bytes, then }: LimitDataConfig): FaultEffect {
  return shaping({ [direction]: () => [limitDataStage(bytes, then)] });
}

export function createSlicer(config: SlicerFaultConfig, chance: Chance): FaultEffect {
  return shaping({ [config.direction]: () => [slicerStage(config, chance)] });
}

export function createSlowClose({ delay }: SlowCloseConfig): FaultEffect {
  return shaping({ down: () => [slowCloseStage(delay)] });
}

/** Of one direction: to reset that is to reset both. */
export function createResetPeer({ after }: ResetPeerConfig): FaultEffect {
  return shaping({ up: () => [resetPeerStage(after)] });
}
