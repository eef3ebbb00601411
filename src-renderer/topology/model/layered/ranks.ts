/** Which column each node stands in: callers left of callees, as far as there are no circles. Pure. */

export interface RankedNode {
  readonly id: string;
  /** `first`: alone in the leftmost column; `last`: in the rightmost one. */
  readonly pin?: 'first' | 'last' | undefined;
}

export interface Link {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Columns by node, from 0. As a rule all calls lead to the right, but for the one that closes a circle;
 * where that would take more than `most` columns, nodes stand nearer to the entry, and some calls lead
 * back.
 */
export function ranksOf(
  nodes: readonly RankedNode[],
  links: readonly Link[],
  most: number,
): Map<string, number> {
  const forward = withoutCircles(nodes, links);
  const hasFirst = nodes.some(({ pin }) => pin === 'first');
  const ranks = narrowed(longestPaths(nodes, forward), shortestPaths(nodes, forward), most);
  pullRight(nodes, forward, ranks, hasFirst ? 1 : 0);
  const others = nodes.filter(({ pin }) => pin !== 'last').map(({ id }) => ranks.get(id) ?? 0);
  const end = Math.max(0, ...others) + 1;
  for (const { id, pin } of nodes) if (pin === 'last') ranks.set(id, end);
  return ranks;
}

/** Between the two, so that there are not too many columns. */
function narrowed(
  longest: ReadonlyMap<string, number>,
  shortest: ReadonlyMap<string, number>,
  most: number,
): Map<string, number> {
  const columns = Math.max(0, ...longest.values());
  if (columns < most) return new Map(longest);
  const share = most / columns;
  return new Map(
    [...longest].map(([id, long]) => {
      const short = shortest.get(id) ?? 0;
      return [id, Math.round(short + (long - short) * share)];
    }),
  );
}

/** The links that lead on, when they are followed in the order of the nodes. */
function withoutCircles(nodes: readonly RankedNode[], links: readonly Link[]): Link[] {
  const out = groupBy(links, ({ from }) => from);
  const state = new Map<string, 'open' | 'done'>();
  const kept: Link[] = [];
  const visit = (start: string): void => {
    // A list of its own instead of recursion: chains may be long.
    const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const link = out.get(top.id)?.[top.next++];
      if (!link) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(link.to) !== 'open') {
        kept.push(link);
        if (!state.has(link.to)) {
          state.set(link.to, 'open');
          path.push({ id: link.to, next: 0 });
        }
      }
    }
  };
  const first = nodes.filter(({ pin }) => pin === 'first');
  for (const { id } of [...first, ...nodes]) if (!state.has(id)) visit(id);
  return kept;
}

function longestPaths(nodes: readonly RankedNode[], links: readonly Link[]): Map<string, number> {
  const out = groupBy(links, ({ from }) => from);
  const waiting = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { to } of links) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const hasFirst = nodes.some(({ pin }) => pin === 'first');
  const ranks = new Map(nodes.map(({ id, pin }) => [id, hasFirst && pin !== 'first' ? 1 : 0]));
  const ready = nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    const next = (ranks.get(id) ?? 0) + 1;
    for (const { to } of out.get(id) ?? []) {
      ranks.set(to, Math.max(ranks.get(to) ?? 0, next));
      waiting.set(to, (waiting.get(to) ?? 1) - 1);
      if (waiting.get(to) === 0) ready.push(to);
    }
  }
  return ranks;
}

function shortestPaths(nodes: readonly RankedNode[], links: readonly Link[]): Map<string, number> {
  const out = groupBy(links, ({ from }) => from);
  const called = new Set(links.map(({ to }) => to));
  const ranks = new Map<string, number>();
  const hasFirst = nodes.some(({ pin }) => pin === 'first');
  const entries = nodes.filter(({ id, pin }) => pin === 'first' || !called.has(id));
  for (const { id, pin } of entries) ranks.set(id, hasFirst && pin !== 'first' ? 1 : 0);
  const queue = entries.sort((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
  const ids = queue.map(({ id }) => id);
  for (const id of ids) {
    for (const { to } of out.get(id) ?? []) {
      if (ranks.has(to)) continue;
      ranks.set(to, (ranks.get(id) ?? 0) + 1);
      ids.push(to);
    }
  }
  return ranks;
}

/** Who is called by nobody stands next to what it calls, instead of far out on the left. */
function pullRight(
  nodes: readonly RankedNode[],
  links: readonly Link[],
  ranks: Map<string, number>,
  least: number,
): void {
  const out = groupBy(links, ({ from }) => from);
  const called = new Set(links.map(({ to }) => to));
  for (const { id, pin } of nodes) {
    const callees = out.get(id) ?? [];
    if (pin !== undefined || called.has(id) || callees.length === 0) continue;
    const nearest = Math.min(...callees.map(({ to }) => ranks.get(to) ?? 0));
    ranks.set(id, Math.max(least, nearest - 1));
  }
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
