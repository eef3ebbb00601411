/** Faults for which there is no connection: the name, the port or the network is not there. */
import { HopFlag } from '../../hop.ts';
import { createResetPeer } from '../../shaping/reset-peer.ts';
import { createTimeout } from '../../shaping/timeout.ts';
import type { Stage } from '../../shaping/stage.ts';
import type { FaultEffect } from './fault-filter.ts';
import type { Action } from './filter.ts';

const flags = HopFlag.FAULT_INJECTED;

function failing(detail: string): FaultEffect {
  const action: Action = { kind: 'fail', code: 'connect-failure', detail };
  return { flags, act: () => action };
}

export function createNameNotFound(): FaultEffect {
  return failing('the name was not found (ENOTFOUND)');
}

export function createConnectionRefused(): FaultEffect {
  return failing('the connection was refused (ECONNREFUSED)');
}

/** Packets go nowhere: a try waits as long as for any connection, and what is open falls silent. */
export function createPartition(): FaultEffect {
  const action: Action = { kind: 'delay', duration: Infinity, at: 'connect' };
  const stages = (): Stage[] => [createTimeout(0)];
  const silent = { up: stages, down: stages };
  return { flags, act: () => action, join: () => silent };
}

/** Toxiproxy's disabled proxy: nothing new is let in, and what is open is broken. */
export function createDown(): FaultEffect {
  const broken = { up: () => [createResetPeer(0)] };
  return { ...failing('the service is down (ECONNREFUSED)'), join: () => broken };
}
