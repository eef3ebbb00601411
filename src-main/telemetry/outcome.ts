/** What a hop says about the callee: the one place that decides what counts as an error. */
import { HopFlag } from '../proxy/hop.ts';
import type { Outcome } from './histograms/channel.ts';

interface HopFacts {
  readonly status: number;
  readonly flags: number;
  readonly faults: string;
}

/** 5xx, or no answer at all; a caller that went away is not the callee's fault. */
export function isFailed({ status, flags }: HopFacts): boolean {
  if (flags & HopFlag.DOWNSTREAM_GONE) return false;
  return status >= 500 || status === 0;
}

/** A fault touched it; what was injected is never counted as real. */
export function outcomeOf(hop: HopFacts): Outcome {
  if (hop.faults !== '') return 'injected';
  if (isFailed(hop)) return 'failed';
  return hop.status >= 400 ? 'clientError' : 'ok';
}
