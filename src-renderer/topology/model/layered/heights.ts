/** How high each slot stands: near its neighbours, none too near to another. Pure. */
import { groupBy } from './ranks.ts';
import type { Columns, Slot } from './order.ts';

export interface HeightOptions {
  /** Of a slot, in pixels. */
  heightOf(slot: Slot): number;
  /** Free space between two slots of a column, in pixels. */
  gap(above: Slot, below: Slot): number;
}

const ROUNDS = 10;
/** Lines that lead far should be straight, rather than nodes in the middle of theirs. */
const WEIGHT = { bend: 4, node: 1 };

/** Centres of the slots by id. */
export function heightsOf(
  { columns, segments }: Columns,
  { heightOf, gap }: HeightOptions,
): Map<string, number> {
  const incoming = groupBy(segments, ({ to }) => to);
  const outgoing = groupBy(segments, ({ from }) => from);
  const centres = new Map<string, number>();
  const settle = (column: readonly Slot[], wanted: (slot: Slot) => number): void => {
    const distances = column.slice(1).map((slot, i) => {
      const above = column[i] as Slot;
      return (heightOf(above) + heightOf(slot)) / 2 + gap(above, slot);
    });
    const weights = column.map(({ link }) => (link === undefined ? WEIGHT.node : WEIGHT.bend));
    const places = nearest(column.map(wanted), weights, distances);
    for (const [i, { id }] of column.entries()) centres.set(id, places[i] ?? 0);
  };
  const meanNear = (slot: Slot, left: boolean, right: boolean): number => {
    let [sum, count] = [0, 0];
    const add = (id: string): void => {
      sum += centres.get(id) ?? 0;
      count++;
    };
    if (left) for (const { from } of incoming.get(slot.id) ?? []) add(from);
    if (right) for (const { to } of outgoing.get(slot.id) ?? []) add(to);
    return count === 0 ? (centres.get(slot.id) ?? 0) : sum / count;
  };
  for (const column of columns) settle(column, () => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const both = round >= ROUNDS - 2;
    for (const column of columns) settle(column, (slot) => meanNear(slot, true, both));
    for (const column of columns.toReversed()) settle(column, (slot) => meanNear(slot, both, true));
  }
  return centres;
}

/**
 * The places nearest to the wanted ones, in the sense of least squares, that are at least so far from
 * each other (isotonic regression by pooling neighbours).
 */
export function nearest(
  wanted: readonly number[],
  weights: readonly number[],
  distances: readonly number[],
): number[] {
  const offsets = [0];
  for (const distance of distances) offsets.push((offsets.at(-1) as number) + distance);
  interface Pool {
    value: number;
    weight: number;
    count: number;
  }
  const pools: Pool[] = [];
  for (const [i, value] of wanted.entries()) {
    let pool: Pool = { value: value - (offsets[i] ?? 0), weight: weights[i] ?? 1, count: 1 };
    for (let above = pools.at(-1); above && above.value >= pool.value; above = pools.at(-1)) {
      pools.pop();
      const weight = above.weight + pool.weight;
      pool = {
        value: (above.value * above.weight + pool.value * pool.weight) / weight,
        weight,
        count: above.count + pool.count,
      };
    }
    pools.push(pool);
  }
  const values = pools.flatMap(({ value, count }) => Array<number>(count).fill(value));
  return values.map((value, i) => value + (offsets[i] ?? 0));
}
