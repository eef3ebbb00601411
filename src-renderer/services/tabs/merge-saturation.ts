/** Connections of several edges as one line over time. Pure. */
import type { Saturation } from '../../../src-main/api/contract/index.ts';

/** Second by second, all of them together. */
export function mergeSaturation(all: readonly Saturation[]): Saturation {
  const seconds = new Map<number, { connections: number; pending: number }>();
  for (const { at, connections, pending } of all) {
    for (const [i, second] of at.entries()) {
      const row = seconds.get(second) ?? { connections: 0, pending: 0 };
      row.connections += connections[i] ?? 0;
      row.pending += pending[i] ?? 0;
      seconds.set(second, row);
    }
  }
  const rows = [...seconds].sort(([a], [b]) => a - b);
  return {
    at: rows.map(([second]) => second),
    connections: rows.map(([, row]) => row.connections),
    pending: rows.map(([, row]) => row.pending),
  };
}
