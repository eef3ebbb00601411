/** Which hops of a trace are of no request that anybody waited for. */
import type { Hop } from '../../proxy/hop.ts';
import { HopFlag } from '../../proxy/hop.ts';

/** The spans of shadows, and of all that descends from them: what a shadowed service calls itself. */
export function shadowSpans(trace: readonly Hop[]): ReadonlySet<string> {
  const spans = new Set(
    trace.filter(({ flags }) => flags & HopFlag.MIRROR).map(({ spanId }) => spanId),
  );
  // Parents start before their children, so that one pass is enough unless two clocks disagree.
  for (let known = 0; known < spans.size;) {
    known = spans.size;
    for (const { spanId, parentId } of trace) if (spans.has(parentId)) spans.add(spanId);
  }
  return spans;
}
