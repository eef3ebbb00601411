/** One fault of each kind, and what becomes of a request that meets it. */
import type { FaultKind, FaultKindConfigs } from '../../src-main/proxy/config/fault.ts';

export interface FaultCase<K extends FaultKind> {
  readonly config: NonNullable<FaultKindConfigs[K]>;
  /**
   * `passes`: the request and its answer come through unchanged, in time. `waits`: they do once the
   * fault is gone. `changes`: they come through as something else. `breaks`: they do not.
   */
  readonly outcome: 'passes' | 'waits' | 'changes' | 'breaks';
}

const percentage = 100;

/** Typed over the catalogue: a new kind without a case does not compile. */
export const FAULT_CASES: { readonly [K in FaultKind]: readonly FaultCase<K>[] } = {
  delay: [
    { config: { duration: 5, percentage }, outcome: 'passes' },
    { config: { duration: 60_000, percentage }, outcome: 'waits' },
    { config: { duration: 500, at: 'connect', percentage }, outcome: 'passes' },
    { config: { duration: 60_000, at: 'chunk', percentage }, outcome: 'waits' },
  ],
  // It ends with the connect timeout, and at once when it is taken off.
  partition: [
    { config: { percentage }, outcome: 'breaks' },
    { config: { percentage }, outcome: 'waits' },
  ],
  nameNotFound: [{ config: { percentage }, outcome: 'breaks' }],
  connectionRefused: [{ config: { percentage }, outcome: 'breaks' }],
  down: [{ config: { percentage }, outcome: 'breaks' }],
  silence: [
    { config: { duration: 0, percentage }, outcome: 'waits' },
    { config: { duration: 10, percentage }, outcome: 'breaks' },
  ],
  abort: [
    { config: { status: 418, percentage }, outcome: 'changes' },
    { config: { status: 503, reset: 'beforeHead', percentage }, outcome: 'breaks' },
    { config: { status: 503, reset: 'afterHead', percentage }, outcome: 'breaks' },
    { config: { status: 503, reset: 'midBody', percentage }, outcome: 'breaks' },
  ],
  identity: [{ config: { shows: 'plainText', side: 'client', percentage }, outcome: 'breaks' }],
  responseHeaders: [
    {
      config: { set: { 'x-echo': 'no' }, remove: ['date'], percentage },
      outcome: 'changes',
    },
  ],
  corrupt: [
    { config: { direction: 'down', bytes: 0, at: [0], percentage }, outcome: 'changes' },
    { config: { direction: 'up', bytes: 1, at: [], percentage }, outcome: 'changes' },
  ],
  truncate: [{ config: { bytes: 10, percentage }, outcome: 'changes' }],
  limitData: [
    { config: { direction: 'down', bytes: 10, then: 'close', percentage }, outcome: 'breaks' },
    { config: { direction: 'up', bytes: 10, then: 'reset', percentage }, outcome: 'breaks' },
  ],
  bandwidth: [
    { config: { up: 1_000_000, down: 1_000_000, percentage }, outcome: 'passes' },
    { config: { up: 1, percentage }, outcome: 'waits' },
    { config: { down: 1, percentage }, outcome: 'waits' },
  ],
  slicer: [
    {
      config: { direction: 'down', size: 500, variation: 100, delay: 0, percentage },
      outcome: 'passes',
    },
    {
      config: { direction: 'up', size: 10, variation: 0, delay: 60_000, percentage },
      outcome: 'waits',
    },
  ],
  slowClose: [{ config: { delay: 60_000, percentage }, outcome: 'waits' }],
  resetPeer: [{ config: { after: 0, percentage }, outcome: 'breaks' }],
};
