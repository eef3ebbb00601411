/** A trace as the waterfall draws it. */
import type { HopView, TraceView } from '../trace-view.ts';
import type { Hop } from '../../proxy/hop.ts';
import { viewFilters } from './filters.ts';
import { isFailed } from '../outcome.ts';
import { flagNames } from './flag-names.ts';
import { shadowSpans } from './shadows.ts';

/**
 * As long as somebody waited: a shadow may take longer.
 * @param hops of one trace, at least one, in order of their start
 * @param captured spans whose messages are kept
 */
export function viewTrace(
  traceId: string,
  hops: readonly Hop[],
  captured: readonly string[] = [],
): TraceView {
  const shadows = shadowSpans(hops);
  const own = hops.filter(({ spanId }) => !shadows.has(spanId));
  const meant = own.length > 0 ? own : hops;
  const start = Math.min(...meant.map((hop) => hop.start));
  const end = Math.max(...meant.map((hop) => hop.start + hop.duration));
  const views = hops.map((hop) => ({
    ...viewHop(hop, shadows),
    captured: captured.includes(hop.spanId),
  }));
  return { traceId, start, duration: end - start, hops: views };
}

function viewHop(hop: Hop, shadows: ReadonlySet<string>): Omit<HopView, 'captured'> {
  const { injected, queue, connect, tls, upstream } = hop.timing;
  // What no step claims was spent in the proxy, and in passing on the body.
  const proxy = Math.max(0, hop.duration - injected - queue - connect - tls - upstream);
  return {
    spanId: hop.spanId,
    parentId: hop.parentId,
    node: hop.node,
    direction: hop.direction,
    source: hop.sourceService,
    sourceVersion: hop.sourceVersion,
    destination: hop.destinationService,
    destinationVersion: hop.destinationVersion,
    destinationInstance: hop.destinationInstance,
    destinationLocality: hop.destinationLocality,
    priority: hop.priority,
    route: hop.route,
    protocol: hop.protocol,
    method: hop.method,
    path: hop.path,
    status: hop.status,
    grpcStatus: hop.grpcStatus,
    failure: hop.failure,
    failed: isFailed(hop),
    rule: hop.rule,
    filters: viewFilters(hop),
    faults: hop.faults === '' ? [] : hop.faults.split(','),
    peerSpiffeId: hop.peerSpiffeId,
    flags: flagNames(hop.flags),
    attempt: hop.attempt,
    start: hop.start,
    duration: hop.duration,
    exchangeDuration: hop.exchangeDuration,
    timing: { proxy, injected, queue, connect, tls, upstream },
    requestBytes: hop.requestBytes,
    responseBytes: hop.responseBytes,
    ...(shadows.has(hop.spanId) && { shadow: true }),
    ...(hop.mirror && { mirror: hop.mirror }),
  };
}
