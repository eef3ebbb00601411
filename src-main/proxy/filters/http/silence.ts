/** The silence fault: a request is taken and never answered (Toxiproxy: timeout). */
import type { SilenceConfig } from '../../config/fault.ts';
import { HopFlag } from '../../hop.ts';
import { createTimeout } from '../../shaping/timeout.ts';
import type { Stage } from '../../shaping/stage.ts';
import type { FaultEffect } from './fault-filter.ts';
import type { Action } from './filter.ts';

export function createSilence({ duration }: SilenceConfig): FaultEffect {
  const action: Action = { kind: 'silence', duration: duration > 0 ? duration : Infinity };
  const stages = (): Stage[] => [createTimeout(duration)];
  const joining = { up: stages, down: stages };
  return { flags: HopFlag.FAULT_INJECTED, act: () => action, join: () => joining };
}
