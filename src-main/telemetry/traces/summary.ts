/** A trace in one line: its root hop, and what happened inside. */
import type { Hop } from '../../proxy/hop.ts';
import { HopFlag, isSuperseded } from '../../proxy/hop.ts';
import type { TraceSummary } from '../figures.ts';
import { isFailed } from '../outcome.ts';
import { flagWords } from './flag-names.ts';
import { shadowSpans } from './shadows.ts';

/** The hop that stands for the whole request: the gateway's, or a caller's that began the trace. */
export function isRoot(hop: {
  direction: Hop['direction'];
  flags: number;
  parentId: string;
}): boolean {
  if (isSuperseded(hop.flags) || hop.flags & HopFlag.MIRROR) return false;
  return hop.direction === 'gateway' || (hop.direction === 'outbound' && hop.parentId === '');
}

/**
 * `trace`: the hops of the root's trace, in order of their start. `roots`: those of them that stand
 * for requests.
 */
export function summarize(
  root: Hop,
  trace: readonly Hop[],
  roots: readonly Hop[] = trace.filter(isRoot),
): Omit<TraceSummary, 'id' | 'captured'> {
  const shadows = shadowSpans(trace);
  const all = roots.length <= 1 ? trace : hopsBelow(root, trace);
  // What came of shadows is no part of the request, but that it has one can be asked for.
  const hops = shadows.size === 0 ? all : all.filter(({ spanId }) => !shadows.has(spanId));
  const services = new Set<string>();
  const faults = new Set<string>();
  let flags = shadows.size === 0 ? 0 : HopFlag.MIRROR;
  for (const hop of hops) {
    flags |= hop.flags;
    for (const name of [hop.sourceService, hop.destinationService]) if (name) services.add(name);
    for (const name of hop.faults.split(',')) if (name) faults.add(name);
  }
  return {
    traceId: root.traceId,
    spanId: root.spanId,
    start: root.start + root.duration - root.exchangeDuration,
    from: root.sourceService,
    to: root.destinationService,
    method: root.method,
    path: root.path,
    status: root.status,
    grpcStatus: root.grpcStatus,
    failure: root.failure,
    failed: isFailed(root),
    duration: root.exchangeDuration,
    hops: hops.length,
    services: [...services],
    failedInside: hops.some(isFailed),
    faults: [...faults],
    flags: flagWords(flags),
  };
}

/**
 * The hops of one request. Normally that is the whole trace, those included whose parent is a span
 * that only the service itself knows. Where several requests share a trace: what descends from this
 * root's tries.
 */
function hopsBelow(root: Hop, trace: readonly Hop[]): readonly Hop[] {
  const tries = trace.filter((hop) => isEarlierTry(root, hop));
  const spans = new Set([root, ...tries].map(({ spanId }) => spanId));
  // Parents start before their children, so that one pass is enough unless two clocks disagree.
  for (let known = 0; known < spans.size;) {
    known = spans.size;
    for (const { spanId, parentId } of trace) if (spans.has(parentId)) spans.add(spanId);
  }
  return trace.filter(({ spanId }) => spans.has(spanId));
}

/** Each try of an exchange has a span of its own. */
function isEarlierTry(root: Hop, hop: Hop): boolean {
  if (!isSuperseded(hop.flags) || hop.requestId !== root.requestId) return false;
  const end = root.start + root.duration;
  return hop.node === root.node && hop.start >= end - root.exchangeDuration && hop.start <= end;
}
