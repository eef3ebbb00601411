/** The delay fault: holds a try back (Envoy: HTTP fault filter, delay; Toxiproxy: latency). */
import type { Chance } from '../../../base/chance.ts';
import { createSampler } from '../../../base/distribution.ts';
import type { DelayConfig } from '../../config/fault.ts';
import { HopFlag } from '../../hop.ts';
import { createLatency } from '../../shaping/latency.ts';
import type { Stage } from '../../shaping/stage.ts';
import { shaping } from './fault-filter.ts';
import type { FaultEffect } from './fault-filter.ts';

export function createDelay(config: DelayConfig, chance: Chance): FaultEffect {
  const { distribution, duration, at = 'request' } = config;
  const sample = distribution ? createSampler(distribution, chance) : () => duration;
  const flags = HopFlag.DELAY_INJECTED;
  if (at !== 'chunk') return { flags, act: () => ({ kind: 'delay', duration: sample(), at }) };
  const stages = (): Stage[] => [createLatency(sample)];
  return shaping({ up: stages, down: stages }, flags);
}
