/**
 * Which hop belongs below which. Pure. A service may have spans of its own between what it got and what
 * it sent: then the parent that a hop names is no hop at all, and what the hop stands within is told by
 * where and when it happened.
 */
import type { HopView } from '../../src-main/api/contract/index.ts';

export interface Nesting {
  /** In order of their start; of the empty text: those that stand below nothing. */
  readonly children: ReadonlyMap<string, readonly HopView[]>;
  /** Hops whose place is a guess: their parent is a span of the service's own, by its id. */
  readonly guessed: ReadonlySet<string>;
}

export function nestingOf(hops: readonly HopView[]): Nesting {
  const known = new Set(hops.map(({ spanId }) => spanId));
  const children = new Map<string, HopView[]>();
  const guessed = new Set<string>();
  for (const hop of [...hops].sort((a, b) => a.start - b.start)) {
    let parent = known.has(hop.parentId) && hop.parentId !== hop.spanId ? hop.parentId : '';
    if (parent === '' && hop.parentId !== '') {
      parent = around(hops, hop)?.spanId ?? '';
      if (parent !== '') guessed.add(hop.spanId);
    }
    children.set(parent, [...(children.get(parent) ?? []), hop]);
  }
  return { children, guessed };
}

/**
 * What its instance was busy with when it sent the hop. Of several at once the one that was begun last:
 * the trace is the same, so that mostly there is only one.
 */
function around(hops: readonly HopView[], { node, start, spanId }: HopView): HopView | undefined {
  return hops
    .filter(
      (outer) =>
        outer.spanId !== spanId &&
        outer.direction === 'inbound' &&
        outer.node === node &&
        outer.start <= start &&
        start <= outer.start + outer.duration,
    )
    .sort((a, b) => b.start - a.start)[0];
}
