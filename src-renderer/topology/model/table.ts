/** Services as rows. Pure. */
import type { EdgeState, Service } from '../../../src-main/api/contract/index.ts';
import { healthOf, worst } from './health.ts';
import type { Health } from './health.ts';
import { fitsSearch } from './search.ts';
import { totalOf } from './totals.ts';

export type SortKey = 'name' | 'rate' | 'errors' | 'p95';

export interface ServiceRow {
  readonly name: string;
  /** Requests per second that arrive. */
  readonly rate: number;
  /** Share from 0 to 1, without what was injected. */
  readonly errors: number;
  readonly p95: number;
  readonly health: Health;
}

/** Of the services whose names fit. */
export function serviceRows(
  services: readonly Pick<Service, 'name' | 'healthThresholds'>[],
  edges: readonly EdgeState[],
  search: string,
): ServiceRow[] {
  const incoming = new Map<string, EdgeState[]>();
  for (const edge of edges) incoming.set(edge.to, [...(incoming.get(edge.to) ?? []), edge]);
  return services
    .filter(({ name }) => fitsSearch(search, name))
    .map(({ name, healthThresholds }) => {
      const own = incoming.get(name) ?? [];
      const { rate, realErrorShare, p95 } = totalOf(own);
      const health = worst(...own.map((edge) => healthOf(edge, healthThresholds)));
      return { name, rate, errors: realErrorShare, p95, health };
    });
}

/** Names from A to Z, figures from the greatest down. */
export function sortRows(rows: readonly ServiceRow[], key: SortKey): ServiceRow[] {
  const byName = (a: ServiceRow, b: ServiceRow): number => a.name.localeCompare(b.name);
  if (key === 'name') return [...rows].sort(byName);
  return [...rows].sort((a, b) => b[key] - a[key] || byName(a, b));
}
