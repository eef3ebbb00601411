/** In which order the nodes of each column stand, so that few lines cross. Pure. */
import { groupBy } from './ranks.ts';
import type { Link } from './ranks.ts';

/** A node, or a place where a line that leads further passes through the column. */
export interface Slot {
  readonly id: string;
  readonly rank: number;
  /** The link that passes here; absent: a node. */
  readonly link?: string;
}

/** Lines between neighbouring columns, left to right. */
export interface Segment {
  readonly from: string;
  readonly to: string;
}

export interface Columns {
  /** By rank, top to bottom. */
  readonly columns: readonly (readonly Slot[])[];
  readonly segments: readonly Segment[];
}

type Order = Columns['columns'];

/** With more of them, lines that lead far go straight: bends would take too long and show nothing. */
const MOST_BENDS = 6_000;
const SWEEPS = 12;

/** Splits links that lead over several columns into one segment for each. */
export function slotsOf(
  ids: readonly string[],
  links: readonly Link[],
  ranks: ReadonlyMap<string, number>,
): Columns {
  const rankOf = (id: string): number => ranks.get(id) ?? 0;
  const columns: Slot[][] = [];
  const put = (slot: Slot): unknown => (columns[slot.rank] ??= []).push(slot);
  for (const id of ids) put({ id, rank: rankOf(id) });
  const bends = links.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.abs(rankOf(to) - rankOf(from)) - 1),
    0,
  );
  const segments: Segment[] = [];
  for (const { id, from, to } of links) {
    const [left, right] = rankOf(from) <= rankOf(to) ? [from, to] : [to, from];
    if (rankOf(left) === rankOf(right)) continue;
    let before = left;
    for (let rank = rankOf(left) + 1; rank < rankOf(right) && bends <= MOST_BENDS; rank++) {
      const bend = bendId(id, rank);
      put({ id: bend, rank, link: id });
      segments.push({ from: before, to: bend });
      before = bend;
    }
    segments.push({ from: before, to: right });
  }
  return { columns: Array.from(columns, (column) => column ?? []), segments };
}

export function bendId(link: string, rank: number): string {
  return `${link}@${rank}`;
}

/**
 * Sorts each column by the mean place of its neighbours, to and fro, and keeps the best order seen.
 * `seed`: heights that some have already; they keep their order where nothing speaks against it.
 */
export function ordered(
  { columns, segments }: Columns,
  seed: ReadonlyMap<string, number>,
): Columns {
  const incoming = groupBy(segments, ({ to }) => to);
  const outgoing = groupBy(segments, ({ from }) => from);
  let now: Order = columns.map((column) => sortedBy(column, ({ id }) => seed.get(id)));
  let best = now;
  let fewest = crossings(now, outgoing);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    now = sweep % 2 === 0 ? swept(now, incoming, 'from') : sweptBack(now, outgoing);
    const count = crossings(now, outgoing);
    if (count < fewest) [best, fewest] = [now, count];
  }
  return { columns: best, segments };
}

function swept(order: Order, near: ReadonlyMap<string, Segment[]>, end: 'from' | 'to'): Order {
  const places = new Map<string, number>();
  return order.map((column) => {
    const sorted = sortedBy(column, ({ id }) =>
      meanOf((near.get(id) ?? []).flatMap((one) => places.get(one[end]) ?? [])),
    );
    for (const [i, { id }] of sorted.entries()) places.set(id, i / Math.max(1, sorted.length));
    return sorted;
  });
}

function sweptBack(order: Order, outgoing: ReadonlyMap<string, Segment[]>): Order {
  return swept(order.toReversed(), outgoing, 'to').toReversed();
}

/** What has no value keeps its place among the others. */
function sortedBy(column: readonly Slot[], value: (slot: Slot) => number | undefined): Slot[] {
  const values = new Map(column.map((slot) => [slot, value(slot)]));
  const movable = column
    .filter((slot) => values.get(slot) !== undefined)
    .sort((a, b) => (values.get(a) ?? 0) - (values.get(b) ?? 0));
  let next = 0;
  return column.map((slot) => (values.get(slot) === undefined ? slot : (movable[next++] as Slot)));
}

function meanOf(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How many lines cross, counted with a tree of sums (Barth, Jünger and Mutzel 2002). */
export function crossings(order: Order, outgoing: ReadonlyMap<string, readonly Segment[]>): number {
  let count = 0;
  for (let rank = 0; rank + 1 < order.length; rank++) {
    const places = new Map((order[rank + 1] ?? []).map(({ id }, i) => [id, i]));
    const ends = (order[rank] ?? []).flatMap(({ id }) =>
      (outgoing.get(id) ?? []).flatMap(({ to }) => places.get(to) ?? []).sort((a, b) => a - b),
    );
    count += inversions(ends, places.size);
  }
  return count;
}

function inversions(values: readonly number[], size: number): number {
  const sums = new Int32Array(size + 1);
  let count = 0;
  for (const [seen, value] of values.entries()) {
    let notGreater = 0;
    for (let i = value + 1; i > 0; i -= i & -i) notGreater += sums[i] ?? 0;
    count += seen - notGreater;
    for (let i = value + 1; i <= size; i += i & -i) sums[i] = (sums[i] ?? 0) + 1;
  }
  return count;
}
