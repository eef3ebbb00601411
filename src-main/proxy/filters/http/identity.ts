/**
 * The identity fault: a side of the connection is not who it should be. What comes of it is up to the
 * other side: its TLS refuses, or its authorization does.
 */
import type { IdentityFaultConfig } from '../../config/fault.ts';
import { HopFlag } from '../../hop.ts';
import type { FaultEffect } from './fault-filter.ts';
import type { Action } from './filter.ts';

export function createIdentity(fault: IdentityFaultConfig): FaultEffect {
  const action: Action = { kind: 'identity', fault };
  return { flags: HopFlag.FAULT_INJECTED, act: () => action };
}
