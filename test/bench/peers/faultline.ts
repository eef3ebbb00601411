import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { launch } from './peer.ts';
import type { Peer, PeerSetup } from './peer.ts';

const here = { find: () => ({ version: 'this tree' }), can: () => true };

export const faultline: Peer = {
  name: 'Faultline',
  ...here,
  start: (setup) => start(setup, 1),
};

/** The caller's sidecar in one thread, the callee's in another. */
export const faultlineWithTwoWorkers: Peer = {
  name: 'Faultline with 2 workers',
  ...here,
  start: (setup) => start(setup, 2),
};

/** With one worker everything is in one thread, as with the peers. */
export const faultlineWithOneWorker: Peer = {
  name: 'Faultline with 1 worker',
  ...here,
  start: (setup) => start(setup, 1),
};

function start(setup: PeerSetup, workers: number): ChildProcess {
  const program = join(import.meta.dirname, 'hop.js');
  return launch(process.execPath, [program, JSON.stringify({ ...setup, workers })]);
}
