/** The delay fault: holds a try back (Envoy: HTTP fault filter, delay; Toxiproxy: latency). */
import type { Chance } from '../../../base/chance.ts';
import { createSampler } from '../../../base/distribution.ts';
import type { DelayConfig } from '../../config/fault.ts';
import { HopFlag } from '../../hop.ts';
import type { FaultEffect } from './fault-filter.ts';

export function createDelay(config: DelayConfig, chance: Chance): FaultEffect {
  const { distribution, duration, at = 'request' } = config;
  const sample = distribution ? createSampler(distribution, chance) : () => duration;
  return {
    flags: HopFlag.DELAY_INJECTED,
    act: () => ({ kind: 'delay', duration: sample(), at }),
  };
}
