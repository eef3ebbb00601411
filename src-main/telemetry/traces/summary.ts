/** A trace in one line: its root hop, and what happened inside. */
import type { Hop } from '../../proxy/hop.ts';
import { HopFlag } from '../../proxy/hop.ts';
import type { TraceSummary } from '../figures.ts';
import { isFailed } from '../outcome.ts';

/** The hop that stands for the whole request: the gateway's, or a caller's that began the trace. */
export function isRoot(hop: {
  direction: Hop['direction'];
  flags: number;
  parentId: string;
}): boolean {
  if (hop.flags & HopFlag.RETRIED) return false;
  return hop.direction === 'gateway' || (hop.direction === 'outbound' && hop.parentId === '');
}

/** `hops` in order of their start, the root among them. */
export function summarize(root: Hop, hops: readonly Hop[]): TraceSummary {
  const services = new Set<string>();
  const faults = new Set<string>();
  for (const hop of hops) {
    for (const name of [hop.sourceService, hop.destinationService]) if (name) services.add(name);
    for (const name of hop.faults.split(',')) if (name) faults.add(name);
  }
  return {
    traceId: root.traceId,
    start: root.start + root.duration - root.exchangeDuration,
    from: root.sourceService,
    to: root.destinationService,
    method: root.method,
    path: root.path,
    status: root.status,
    failure: root.failure,
    duration: root.exchangeDuration,
    hops: hops.length,
    services: [...services],
    failedInside: hops.some(isFailed),
    faults: [...faults],
  };
}
