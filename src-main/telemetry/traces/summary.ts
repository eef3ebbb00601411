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

/** `trace`: the hops of the root's trace, in order of their start. */
export function summarize(root: Hop, trace: readonly Hop[]): TraceSummary {
  const hops = hopsBelow(root, trace);
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

/**
 * The hops of one request. Normally the whole trace, those included whose parent is a span that only
 * the service itself knows. Where several requests share a trace, what descends from this root.
 */
function hopsBelow(root: Hop, trace: readonly Hop[]): readonly Hop[] {
  if (trace.filter(isRoot).length <= 1) return trace;
  const spans = new Set([root.spanId]);
  // A parent starts before its children, but two clocks may disagree by less than a tick.
  for (let before = 0; before < spans.size; ) {
    before = spans.size;
    for (const { spanId, parentId } of trace) if (spans.has(parentId)) spans.add(spanId);
  }
  const started = root.start + root.duration - root.exchangeDuration;
  const ended = root.start + root.duration;
  return trace.filter((hop) => spans.has(hop.spanId) || isTryOf(root, hop, started, ended));
}

/** An earlier try of the root's exchange: it has a span of its own. */
function isTryOf(root: Hop, hop: Hop, started: number, ended: number): boolean {
  if (!(hop.flags & HopFlag.RETRIED) || hop.requestId !== root.requestId) return false;
  return hop.node === root.node && hop.start >= started && hop.start <= ended;
}
